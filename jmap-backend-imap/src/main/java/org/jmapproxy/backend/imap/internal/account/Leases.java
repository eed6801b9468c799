package org.jmapproxy.backend.imap.internal.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jmapproxy.core.spi.Subscription;

/** Knows whether somebody needs the account: a lease is held, or was until lately. Thread-safe. */
public final class Leases {
  private final Clock clock;
  private final Duration idleTimeout;
  private final Runnable onFirst;
  private int held;
  private Instant lastNeeded = Instant.MIN;

  /**
   * Nobody holds one yet.
   *
   * @param idleTimeout how long the account is needed after the last lease; zero: for ever
   * @param onFirst called, outside of locks, when an account that nobody needed is needed again
   */
  public Leases(Clock clock, Duration idleTimeout, Runnable onFirst) {
    this.clock = clock;
    this.idleTimeout = idleTimeout;
    this.onFirst = onFirst;
  }

  /** Holds the account awake until the result is closed. */
  public Subscription hold() {
    boolean wasAsleep;
    synchronized (this) {
      wasAsleep = !isNeeded();
      held++;
    }
    if (wasAsleep) {
      onFirst.run();
    }
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        release();
      }
    };
  }

  private synchronized void release() {
    held--;
    lastNeeded = clock.instant();
  }

  /** Whether the account should be connected and watching. */
  public synchronized boolean isNeeded() {
    if (held > 0) {
      return true;
    }
    if (lastNeeded.equals(Instant.MIN)) {
      return false;
    }
    return idleTimeout.isZero() || clock.instant().isBefore(lastNeeded.plus(idleTimeout));
  }
}
