package org.jmapproxy.backend.imap.internal.sync;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.core.id.Id;

/**
 * Notices reports (multipart/report, RFC 6522) among the messages that arrive, by the structure
 * that is known of them anyway. Thread-safe.
 */
public final class ReportArrivals {

  private static final String REPORT = "multipart/report";

  private volatile Consumer<Collection<Id>> listener = ids -> {};

  /** Nobody listens yet. */
  public ReportArrivals() {}

  /** Tells somebody of the Emails that are reports from now on; must return at once. */
  public void tell(Consumer<Collection<Id>> newListener) {
    listener = newListener;
  }

  /** Looks at what was stored. */
  void note(List<FolderDelta> deltas, ReplicaReader reader) {
    for (FolderDelta delta : deltas) {
      UidSet reports =
          UidSet.of(
              delta.arrivals().stream()
                  .filter(arrival -> arrival.structure().type().equals(REPORT))
                  .mapToLong(Arrival::uid));
      if (!reports.isEmpty()) {
        listener.accept(reader.emailIds(delta.folder(), reports).values());
      }
    }
  }
}
