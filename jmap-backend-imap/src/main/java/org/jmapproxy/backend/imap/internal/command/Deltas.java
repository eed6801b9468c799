package org.jmapproxy.backend.imap.internal.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.CopiedFrom;
import org.jmapproxy.backend.imap.internal.store.FlagChange;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;

/** Gathers what commands brought about, folder by folder, for one transaction. Not thread-safe. */
final class Deltas {
  private final Map<FolderKey, Gathered> byFolder = new LinkedHashMap<>();
  private boolean begun;

  private static final class Gathered {
    final Map<Long, Arrival> arrivals = new LinkedHashMap<>();
    final Map<Long, FlagChange> flags = new HashMap<>();
    final Map<Long, CopiedFrom> origins = new HashMap<>();
    UidSet departures = UidSet.EMPTY;
  }

  /** A command is sent now that changes something at the server. */
  void begin() {
    begun = true;
  }

  /** Whether the server may have changed anything for us. */
  boolean hasBegun() {
    return begun;
  }

  void arrivals(FolderKey folder, List<Arrival> messages) {
    messages.forEach(message -> in(folder).arrivals.put(message.uid(), message));
  }

  /** The flags of a message as a response told them, if it did. */
  void flags(FolderKey folder, FetchedMessage message) {
    FlagChange.of(message).ifPresent(change -> in(folder).flags.put(change.uid(), change));
  }

  /** A message that we copied ourselves. */
  void origin(FolderKey folder, long uid, CopiedFrom original) {
    in(folder).origins.put(uid, original);
  }

  void departures(FolderKey folder, UidSet uids) {
    Gathered gathered = in(folder);
    gathered.departures = gathered.departures.union(uids);
  }

  List<FolderDelta> toList() {
    List<FolderDelta> deltas = new ArrayList<>();
    byFolder.forEach(
        (folder, gathered) ->
            deltas.add(
                FolderDelta.of(folder)
                    .withArrivals(List.copyOf(gathered.arrivals.values()))
                    .withFlagChanges(List.copyOf(gathered.flags.values()))
                    .withDepartures(gathered.departures)
                    .withOrigins(gathered.origins)));
    return deltas;
  }

  private Gathered in(FolderKey folder) {
    return byFolder.computeIfAbsent(folder, key -> new Gathered());
  }
}
