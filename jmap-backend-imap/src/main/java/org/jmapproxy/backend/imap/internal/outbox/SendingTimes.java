package org.jmapproxy.backend.imap.internal.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * How patient sending is.
 *
 * @param patience how long a client waits for the server to take its message
 * @param firstRetry how long after the first failure the server is asked again
 * @param longestRetry how long to wait at most between attempts
 * @param giveUpAfter how long after its release a message is given up
 * @param maxDelay how long a message can be held
 */
public record SendingTimes(
    Duration patience,
    Duration firstRetry,
    Duration longestRetry,
    Duration giveUpAfter,
    Duration maxDelay) {

  /** 10 s, then after 1 min, 2 min ... every hour, for 5 days (RFC 5321 section 4.5.4.1). */
  public static SendingTimes standard() {
    return new SendingTimes(
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Duration.ofDays(5),
        Duration.ofDays(30));
  }

  /** With another patience of clients. */
  public SendingTimes withPatience(Duration other) {
    return new SendingTimes(other, firstRetry, longestRetry, giveUpAfter, maxDelay);
  }

  /** With other times between attempts. */
  public SendingTimes withRetries(Duration first, Duration longest, Duration giveUp) {
    return new SendingTimes(patience, first, longest, giveUp, maxDelay);
  }

  /** With another time that messages can be held. */
  public SendingTimes withMaxDelay(Duration longest) {
    return new SendingTimes(patience, firstRetry, longestRetry, giveUpAfter, longest);
  }

  /** When to ask again after so many attempts in vain. */
  Instant next(Instant now, int attempts) {
    int doublings = Math.min(attempts, 20);
    long millis = Math.min(longestRetry.toMillis(), firstRetry.toMillis() << doublings);
    return now.plusMillis(millis);
  }
}
