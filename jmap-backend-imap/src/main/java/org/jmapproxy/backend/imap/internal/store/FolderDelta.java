package org.jmapproxy.backend.imap.internal.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;

/**
 * What a look at one folder brought.
 *
 * @param folder the folder
 * @param arrivals messages found; one that is known already counts as a flag change
 * @param flagChanges flags found
 * @param departures UIDs that are gone
 * @param position how far the replica is with all this
 * @param origins of arrivals that are known to be copies, by UID: what they were copied from
 * @param leaving UIDs that are known to be gone, but are to depart later: an equal message that
 *     arrives is the same, come back
 */
public record FolderDelta(
    FolderKey folder,
    List<Arrival> arrivals,
    List<FlagChange> flagChanges,
    UidSet departures,
    Optional<FolderPosition> position,
    Map<Long, CopiedFrom> origins,
    UidSet leaving) {

  /** Copies the collections. */
  public FolderDelta {
    origins = Map.copyOf(origins);
    arrivals = List.copyOf(arrivals);
    flagChanges = List.copyOf(flagChanges);
  }

  /** Nothing of one folder, to add to. */
  public static FolderDelta of(FolderKey folder) {
    return new FolderDelta(
        folder, List.of(), List.of(), UidSet.EMPTY, Optional.empty(), Map.of(), UidSet.EMPTY);
  }

  /** With these arrivals. */
  public FolderDelta withArrivals(List<Arrival> messages) {
    return new FolderDelta(folder, messages, flagChanges, departures, position, origins, leaving);
  }

  /** With these flag changes. */
  public FolderDelta withFlagChanges(List<FlagChange> changes) {
    return new FolderDelta(folder, arrivals, changes, departures, position, origins, leaving);
  }

  /** With these departures. */
  public FolderDelta withDepartures(UidSet uids) {
    return new FolderDelta(folder, arrivals, flagChanges, uids, position, origins, leaving);
  }

  /** With this position. */
  public FolderDelta withPosition(FolderPosition reached) {
    return new FolderDelta(
        folder, arrivals, flagChanges, departures, Optional.of(reached), origins, leaving);
  }

  /** With what is known of arrivals that are copies. */
  public FolderDelta withOrigins(Map<Long, CopiedFrom> copied) {
    return new FolderDelta(folder, arrivals, flagChanges, departures, position, copied, leaving);
  }

  /** Only the flag changes and departures of these UIDs; so it leads to no position. */
  public FolderDelta only(UidSet uids) {
    return new FolderDelta(
        folder,
        arrivals,
        flagChanges.stream().filter(change -> uids.contains(change.uid())).toList(),
        departures.minus(departures.minus(uids)),
        Optional.empty(),
        origins,
        leaving);
  }

  /** With these messages known to be gone. */
  public FolderDelta withLeaving(UidSet uids) {
    return new FolderDelta(folder, arrivals, flagChanges, departures, position, origins, uids);
  }
}
