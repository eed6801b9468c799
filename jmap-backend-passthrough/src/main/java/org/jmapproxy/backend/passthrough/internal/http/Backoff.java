package org.jmapproxy.backend.passthrough.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/**
 * When an upstream may be asked again after it failed. One or two failures delay nothing; more of
 * them in a row do, ever longer. A server that is there and stumbles over requests has more of them
 * free: it is the requests' fault, and the next may be another. A refused login waits much longer,
 * unless there is a new secret. What the upstream asks for itself is respected. Thread-safe.
 */
public final class Backoff {

  private static final int FREE_FAILURES = 2;
  private static final int FREE_STUMBLES = 20;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration FIRST_AFTER_REFUSAL = Duration.ofSeconds(30);
  private static final Duration LONGEST_AFTER_REFUSAL = Duration.ofHours(1);
  private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(15);

  private final InstantSource clock;
  private int failures;
  private int stumbles;
  private int refusals;
  private Instant notBefore = Instant.EPOCH;
  private Reason reason = Reason.UNAVAILABLE;
  private Optional<String> refusedSecret = Optional.empty();

  /** No failures yet. */
  public Backoff(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Lets a request pass, or not.
   *
   * @throws BackendException while the upstream is to be left alone
   */
  synchronized void check(String secret) {
    boolean otherSecret = refusedSecret.isPresent() && !refusedSecret.get().equals(secret);
    if (otherSecret) {
      succeeded();
    }
    Instant now = clock.instant();
    if (now.isBefore(notBefore)) {
      long seconds = Math.max(1, Duration.between(now, notBefore).toSeconds());
      throw new BackendException(reason, what() + "; it is asked again in " + seconds + " s");
    }
  }

  /** Why it is being left alone, if it is. */
  public synchronized Optional<BackendException> trouble() {
    return clock.instant().isBefore(notBefore)
        ? Optional.of(new BackendException(reason, what()))
        : Optional.empty();
  }

  /** It answered. */
  synchronized void succeeded() {
    failures = 0;
    stumbles = 0;
    refusals = 0;
    notBefore = Instant.EPOCH;
    refusedSecret = Optional.empty();
  }

  /**
   * It did not answer, or not properly.
   *
   * @param askedFor how long it wants to be left alone, if it said so
   */
  synchronized void failed(Reason why, Optional<Duration> askedFor) {
    failures++;
    reason = why;
    Duration delay =
        failures <= FREE_FAILURES
            ? Duration.ZERO
            : min(Duration.ofSeconds(1L << Math.min(failures - FREE_FAILURES - 1, 10)), LONGEST);
    Duration wait = askedFor.map(asked -> min(asked, LONGEST_ASKED_FOR)).orElse(delay);
    notBefore = clock.instant().plus(wait);
  }

  /** It took a request and gave no proper answer to it. */
  synchronized void stumbled() {
    stumbles++;
    if (stumbles > FREE_STUMBLES) {
      failed(Reason.UNAVAILABLE, Optional.empty());
    }
  }

  /** It refused the login. */
  synchronized void refused(String secret) {
    refusals++;
    reason = Reason.AUTHENTICATION_LOST;
    refusedSecret = Optional.of(secret);
    Duration wait = FIRST_AFTER_REFUSAL.multipliedBy(1L << Math.min(refusals - 1, 10));
    notBefore = clock.instant().plus(min(wait, LONGEST_AFTER_REFUSAL));
  }

  private String what() {
    return switch (reason) {
      case AUTHENTICATION_LOST -> "the account's server refuses the login";
      case RATE_LIMITED -> "the account's server asks to slow down";
      default -> "the account's server does not answer";
    };
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
