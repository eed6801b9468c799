package org.jmapproxy.core.internal;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.jspecify.annotations.Nullable;

/**
 * How much a principal may do at a time. Who comes too many waits a short while for a turn; those
 * who wait are limited too, so that one principal does not take all threads. Nothing is kept about
 * principals who do nothing.
 */
final class ConcurrencyLimit {

  private final String name;
  private final int max;
  private final Duration patience;
  private final ConcurrentHashMap<String, Turns> turnsByPrincipal = new ConcurrentHashMap<>();

  /**
   * A limit.
   *
   * @param name as the core capability announces it
   * @param max how many at a time
   * @param patience how long to wait for a turn
   */
  ConcurrencyLimit(String name, int max, Duration patience) {
    this.name = name;
    this.max = max;
    this.patience = patience;
  }

  /**
   * Waits for a turn, and works.
   *
   * @throws RequestException {@code limit}
   */
  <T> T during(String principal, Supplier<T> work) {
    Turns turns = turnsByPrincipal.compute(principal, (key, known) -> Turns.joined(known, max));
    try {
      if (!turns.begin(max, patience)) {
        throw new RequestException(RequestError.limit(name));
      }
      try {
        return work.get();
      } finally {
        turns.free.release();
      }
    } finally {
      leave(principal);
    }
  }

  /** How many principals are doing something. */
  int principals() {
    return turnsByPrincipal.size();
  }

  private void leave(String principal) {
    turnsByPrincipal.computeIfPresent(
        principal, (key, turns) -> turns.present.decrementAndGet() == 0 ? null : turns);
  }

  /** The turns of one principal. */
  private static final class Turns {

    final Semaphore free;
    final AtomicInteger present = new AtomicInteger();

    Turns(int max) {
      free = new Semaphore(max, true);
    }

    static Turns joined(@Nullable Turns known, int max) {
      Turns turns = known == null ? new Turns(max) : known;
      turns.present.incrementAndGet();
      return turns;
    }

    boolean begin(int max, Duration patience) {
      if (free.tryAcquire()) {
        return true;
      }
      if (present.get() > 2L * max) {
        return false;
      }
      try {
        return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
