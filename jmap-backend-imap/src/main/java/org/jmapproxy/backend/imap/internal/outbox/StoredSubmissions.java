package org.jmapproxy.backend.imap.internal.outbox;

import java.util.List;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxStore;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.mail.submission.EmailSubmission;

/** Reads submissions. */
record StoredSubmissions(OutboxStore store) implements ReadRole<EmailSubmission> {

  @Override
  public List<EmailSubmission> read(CallContext context, ReadRequest request) {
    List<OutboxEntry> entries =
        request
            .ids()
            .map(ids -> ids.stream().flatMap(id -> store.find(id).stream()).toList())
            .orElseGet(store::all);
    return entries.stream().filter(OutboxEntry::isVisible).map(OutboxEntry::toSubmission).toList();
  }
}
