package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;

/**
 * Which messages left their folders a moment ago. A command may take away what a look on another
 * connection has just read: stored after that, the message would rise from the dead until the next
 * look. Thread-safe.
 */
public final class Departures {
  /** Longer than any look waits for the server and for its turn to be stored. */
  private static final Duration MEMORY = Duration.ofMinutes(10);

  private final Clock clock;
  private final Deque<Departure> recent = new ArrayDeque<>();

  private record Departure(FolderKey folder, UidSet uids, Instant when) {}

  /** None yet. */
  public Departures(Clock clock) {
    this.clock = clock;
  }

  /** Remembers what leaves with these changes; to be called before they are committed. */
  synchronized void note(Collection<FolderDelta> deltas) {
    Instant now = clock.instant();
    while (!recent.isEmpty() && recent.getFirst().when().plus(MEMORY).isBefore(now)) {
      recent.removeFirst();
    }
    for (FolderDelta delta : deltas) {
      if (!delta.departures().isEmpty()) {
        recent.addLast(new Departure(delta.folder(), delta.departures(), now));
      }
    }
  }

  /** What has left a folder lately. */
  synchronized UidSet from(FolderKey folder) {
    return recent.stream()
        .filter(departure -> departure.folder().equals(folder))
        .map(Departure::uids)
        .reduce(UidSet.EMPTY, UidSet::union);
  }

  /** The folder's UIDs mean other messages from now on. */
  synchronized void forget(FolderKey folder) {
    recent.removeIf(departure -> departure.folder().equals(folder));
  }
}
