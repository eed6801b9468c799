package org.jmapproxy.mail.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.json.Dates;

/** When a message is released, by the parameters of FUTURERELEASE (RFC 4865 section 4). */
final class Release {

  private static final int MOST_DIGITS = 9;

  private Release() {}

  /**
   * The time to hold the message until; empty when it is to be sent at once.
   *
   * @throws RefusedSubmissionException when the parameters make no sense or go beyond the terms
   */
  static Optional<Instant> of(EnvelopeAddress mailFrom, Instant now, Duration most) {
    boolean holdsFor = mailFrom.parameters().containsKey(Parameters.HOLDFOR);
    boolean holdsUntil = mailFrom.parameters().containsKey(Parameters.HOLDUNTIL);
    if (holdsFor && holdsUntil) {
      throw refusal("HOLDFOR and HOLDUNTIL exclude each other");
    }
    if (!holdsFor && !holdsUntil) {
      return Optional.empty();
    }
    Instant at =
        holdsFor
            ? now.plusSeconds(seconds(mailFrom.parameter(Parameters.HOLDFOR)))
            : date(mailFrom.parameter(Parameters.HOLDUNTIL));
    if (at.isAfter(now.plus(most))) {
      throw refusal("a message can be held for at most " + most.toSeconds() + " seconds");
    }
    return Optional.of(at).filter(time -> time.isAfter(now));
  }

  private static long seconds(Optional<String> value) {
    return value
        .filter(text -> text.matches("[0-9]{1," + MOST_DIGITS + "}"))
        .map(Long::parseLong)
        .orElseThrow(() -> refusal("HOLDFOR must be a number of seconds"));
  }

  private static Instant date(Optional<String> value) {
    return value
        .flatMap(Dates::parseInstant)
        .orElseThrow(() -> refusal("HOLDUNTIL must be a date-time"));
  }

  private static RefusedSubmissionException refusal(String problem) {
    return new RefusedSubmissionException(SetError.invalidProperty("envelope", problem));
  }
}
