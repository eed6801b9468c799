package org.jmapproxy.backend.imap.internal.store;

import java.util.List;
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
 */
public record FolderDelta(
    FolderKey folder,
    List<Arrival> arrivals,
    List<FlagChange> flagChanges,
    UidSet departures,
    Optional<FolderPosition> position) {

  /** Copies the lists. */
  public FolderDelta {
    arrivals = List.copyOf(arrivals);
    flagChanges = List.copyOf(flagChanges);
  }

  /** Nothing of one folder, to add to. */
  public static FolderDelta of(FolderKey folder) {
    return new FolderDelta(folder, List.of(), List.of(), UidSet.EMPTY, Optional.empty());
  }

  /** With these arrivals. */
  public FolderDelta withArrivals(List<Arrival> messages) {
    return new FolderDelta(folder, messages, flagChanges, departures, position);
  }

  /** With these flag changes. */
  public FolderDelta withFlagChanges(List<FlagChange> changes) {
    return new FolderDelta(folder, arrivals, changes, departures, position);
  }

  /** With these departures. */
  public FolderDelta withDepartures(UidSet uids) {
    return new FolderDelta(folder, arrivals, flagChanges, uids, position);
  }

  /** With this position. */
  public FolderDelta withPosition(FolderPosition reached) {
    return new FolderDelta(folder, arrivals, flagChanges, departures, Optional.of(reached));
  }
}
