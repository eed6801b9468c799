package org.jmapproxy.core.internal.standard;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.spi.CallContext;

/**
 * Lets no other /set of the type and account come between the comparison of {@code ifInState} and
 * the changes made under it. Calls without {@code ifInState} run side by side. Thread-safe.
 */
final class SetTurns {

  private static final int STRIPES = 64;

  /** Several accounts share a lock; fair, so that a waiting {@code ifInState} gets its turn. */
  private final List<ReentrantReadWriteLock> locks =
      Stream.generate(() -> new ReentrantReadWriteLock(true)).limit(STRIPES).toList();

  /**
   * Waits for a turn.
   *
   * @param alone whether nobody else may be at work
   * @return locked; to be unlocked by the same thread
   * @throws MethodException {@code serverUnavailable} when the call's deadline comes first
   */
  Lock take(CallContext call, Clock clock, boolean alone) {
    ReentrantReadWriteLock both =
        locks.get(Math.floorMod(call.accountId().hashCode(), locks.size()));
    Lock lock = alone ? both.writeLock() : both.readLock();
    try {
      Duration patience = Duration.between(clock.instant(), call.deadline());
      if (lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return lock;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new MethodException(MethodError.serverUnavailable("other changes take too long"));
  }
}
