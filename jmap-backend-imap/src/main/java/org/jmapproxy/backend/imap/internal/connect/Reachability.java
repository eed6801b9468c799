package org.jmapproxy.backend.imap.internal.connect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;

/**
 * Whether it makes sense to connect to the server now. After a failed attempt nobody tries again
 * for a while that grows with each failure, however many want something: they hear at once that the
 * server is away. Thread-safe.
 */
public final class Reachability {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Clock clock;
  private final Backoff backoff;
  private Runnable returned = () -> {};
  private Optional<String> trouble = Optional.empty();
  private Instant nextAttempt = Instant.MIN;

  /** Nothing is known yet, so that the first attempt is made. */
  public Reachability(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
  }

  /** Sets who hears that the server is back after it was away. */
  public synchronized void whenItReturns(Runnable listener) {
    returned = listener;
  }

  /**
   * Returns when an attempt may be made.
   *
   * @throws ImapConnectionLostException when one failed a moment ago
   */
  void requireHope() {
    Duration left = untilNextAttempt();
    if (!left.isZero()) {
      throw new ImapConnectionLostException(
          Reason.REFUSED,
          "The mail server is away and is tried again in "
              + Math.max(1, left.toSeconds())
              + " s: "
              + why(),
          null);
    }
  }

  private synchronized String why() {
    return trouble.orElse("");
  }

  /** How long no attempt is made; zero if one may be made now. */
  public synchronized Duration untilNextAttempt() {
    Duration left = Duration.between(clock.instant(), nextAttempt);
    return trouble.isEmpty() || left.isNegative() ? Duration.ZERO : left;
  }

  /** An attempt failed. Attempts that were made together count as one. */
  synchronized void failed(String why) {
    if (trouble.isEmpty() || !clock.instant().isBefore(nextAttempt)) {
      nextAttempt = clock.instant().plus(backoff.afterFailure());
    }
    trouble = Optional.of(why);
  }

  /** An attempt succeeded. */
  void succeeded() {
    Runnable listener;
    synchronized (this) {
      if (trouble.isEmpty()) {
        return;
      }
      forget();
      listener = returned;
    }
    listener.run();
  }

  /** Somebody wants to know for certain: the next attempt is made. */
  public synchronized void forget() {
    trouble = Optional.empty();
    nextAttempt = Instant.MIN;
    backoff.reset();
  }
}
