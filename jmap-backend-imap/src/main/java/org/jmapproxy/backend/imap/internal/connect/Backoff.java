package org.jmapproxy.backend.imap.internal.connect;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time, within bounds, with jitter.
 */
public final class Backoff {
  private final Duration first;
  private final Duration most;
  private final RandomGenerator random;
  private int failures;

  /** Waits about {@code first} after one failure, and never more than {@code most}. */
  public Backoff(Duration first, Duration most, RandomGenerator random) {
    this.first = first;
    this.most = most;
    this.random = random;
  }

  /** Notes a failure and tells how long to wait now: half to all of the doubled time. */
  public synchronized Duration afterFailure() {
    int doublings = Math.min(failures++, 20);
    long bound = Math.min(most.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
  }

  /** Begins again from the first wait. */
  public synchronized void reset() {
    failures = 0;
  }
}
