package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.observer.SyncObserver;

/**
 * What synchronisation and commands need to change the replica and to let it be known.
 *
 * @param store the account's data
 * @param lanes keep changes and looks at the same folder apart
 * @param publisher tells of new states
 * @param departures what left a moment ago
 * @param storage runs transactions beside the reading of the network
 * @param observer hears of messages that were stored
 * @param reports notices those that are reports
 */
public record Replica(
    AccountStore store,
    FolderLanes lanes,
    Publisher publisher,
    Departures departures,
    Executor storage,
    SyncObserver observer,
    ReportArrivals reports,
    Clock clock) {

  /** Commits and publishes. */
  public void apply(FolderDelta delta) {
    apply(List.of(delta));
  }

  /** Commits and publishes. */
  public void apply(List<FolderDelta> deltas) {
    departures.note(deltas);
    publisher.publish(store.writer().apply(deltas));
    int stored = deltas.stream().mapToInt(delta -> delta.arrivals().size()).sum();
    if (stored > 0) {
      observer.messagesStored(stored);
      reports.note(deltas, store.reader());
    }
  }

  /**
   * Those of the arrivals that the replica does not know: known ones may be fresher there, and what
   * has left meanwhile does not come back. The folder's lane is held.
   */
  List<Arrival> unknown(FolderKey folder, List<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return arrivals;
    }
    long first = arrivals.stream().mapToLong(Arrival::uid).min().orElse(1);
    long last = arrivals.stream().mapToLong(Arrival::uid).max().orElse(1);
    UidSet known = store.reader().uids(folder, first, last).union(departures.from(folder));
    return known.isEmpty()
        ? arrivals
        : arrivals.stream().filter(arrival -> !known.contains(arrival.uid())).toList();
  }
}
