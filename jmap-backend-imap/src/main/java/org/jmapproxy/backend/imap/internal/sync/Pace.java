package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Has something done soon after it was asked for, but not more often than bearable: some times at
 * once, then after even intervals. However often it is asked for meanwhile, it is done once.
 * Thread-safe.
 */
final class Pace {
  private final Clock clock;
  private final Alarm later;
  private final Runnable work;
  private final Duration interval;
  private final Duration credit;
  private Instant paidUntil = Instant.MIN;
  private boolean asked;

  /**
   * Nothing is asked for yet.
   *
   * @param atOnce how many times in a row need not wait
   * @param interval between the others
   */
  Pace(ScheduledExecutorService timers, Clock clock, int atOnce, Duration interval, Runnable work) {
    this.clock = clock;
    this.later = new Alarm(timers, work);
    this.work = work;
    this.interval = interval;
    this.credit = interval.multipliedBy(atOnce - 1L);
  }

  /** Asks for it. */
  void ask() {
    Duration wait;
    synchronized (this) {
      if (asked) {
        return;
      }
      asked = true;
      wait = nextWait();
    }
    if (wait.isZero()) {
      work.run();
    } else {
      later.set(wait);
    }
  }

  private Duration nextWait() {
    Instant now = clock.instant();
    Duration ahead = paidUntil.isAfter(now) ? Duration.between(now, paidUntil) : Duration.ZERO;
    Duration most = credit.plus(interval);
    Duration owed = ahead.compareTo(most) > 0 ? most : ahead;
    paidUntil = now.plus(owed).plus(interval);
    Duration wait = owed.minus(credit);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** It is being done now, or need not be done any more: asking counts anew. */
  synchronized void begun() {
    asked = false;
    later.cancel();
  }
}
