package org.jmapproxy.backend.imap.internal.connect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers which secret the server refused, so that nobody tries it again and again: servers lock
 * accounts for that. Thread-safe.
 */
public final class RefusedSecret {
  private static final Duration TRY_AGAIN = Duration.ofMinutes(15);
  private static final int MOST_DOUBLINGS = 6;

  private final Clock clock;
  private Optional<String> secret = Optional.empty();
  private Instant when = Instant.MIN;
  private int refusals;

  /** Nothing was refused yet. */
  public RefusedSecret(Clock clock) {
    this.clock = clock;
  }

  /** Notes a refusal. */
  public synchronized void refused(String presented) {
    refusals = secret.map(presented::equals).orElse(false) ? refusals + 1 : 1;
    secret = Optional.of(presented);
    when = clock.instant();
  }

  /** Forgets the refusal: something was accepted, or somebody wants to know for certain. */
  public synchronized void forget() {
    secret = Optional.empty();
  }

  /** Whether there is no point in presenting this secret now. */
  public synchronized boolean isKnown(String presented) {
    return secret.map(presented::equals).orElse(false)
        && clock.instant().isBefore(when.plus(patience()));
  }

  /** A quarter of an hour at first, at last sixteen hours. */
  private Duration patience() {
    return TRY_AGAIN.multipliedBy(1L << Math.min(MOST_DOUBLINGS, refusals - 1));
  }
}
