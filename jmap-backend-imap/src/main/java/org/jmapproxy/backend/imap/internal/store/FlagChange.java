package org.jmapproxy.backend.imap.internal.store;

import java.util.Set;

/**
 * The flags that a message has now.
 *
 * @param uid its UID; one that the replica does not know is passed over
 * @param flags all its flags as IMAP writes them
 * @param modSeq its mod-sequence, 0 if not told; what is older than the row's is passed over
 */
public record FlagChange(long uid, Set<String> flags, long modSeq) {}
