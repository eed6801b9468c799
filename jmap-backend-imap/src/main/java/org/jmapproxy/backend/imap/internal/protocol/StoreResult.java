package org.jmapproxy.backend.imap.internal.protocol;

import java.util.List;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;

/**
 * What a STORE did.
 *
 * @param modified the UIDs that were left alone because they changed since the given mod-sequence
 * @param updates what the server told about the messages: new mod-sequences (CONDSTORE), sometimes
 *     flags
 */
public record StoreResult(UidSet modified, List<FetchedMessage> updates) {}
