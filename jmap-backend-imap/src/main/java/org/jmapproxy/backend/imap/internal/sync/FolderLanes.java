package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jmapproxy.core.error.BackendException;

/**
 * One lane per folder: from its command to its commit, a change that a client makes and a look at
 * the folder's flags never interleave. Lanes of several folders are entered in the order of their
 * keys, so that nobody waits in a circle. Thread-safe.
 */
public final class FolderLanes {
  private final ConcurrentHashMap<Long, ReentrantLock> lanes = new ConcurrentHashMap<>();
  private final Clock clock;

  /** All lanes are free. */
  public FolderLanes(Clock clock) {
    this.clock = clock;
  }

  /**
   * Does work while nobody else works on these folders.
   *
   * @throws BackendException when a lane does not become free before the deadline
   */
  public <T> T in(Collection<Long> folders, Instant deadline, Supplier<T> work) {
    Deque<ReentrantLock> entered = new ArrayDeque<>();
    try {
      for (Long folder : new TreeSet<>(folders)) {
        entered.push(enter(folder, deadline));
      }
      return work.get();
    } finally {
      entered.forEach(ReentrantLock::unlock);
    }
  }

  private ReentrantLock enter(Long folder, Instant deadline) {
    ReentrantLock lane = lanes.computeIfAbsent(folder, key -> new ReentrantLock(true));
    long patience = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
    try {
      if (lane.tryLock(patience, TimeUnit.MILLISECONDS)) {
        return lane;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new BackendException(
        BackendException.Reason.UNAVAILABLE, "The mailbox is busy with other changes");
  }
}
