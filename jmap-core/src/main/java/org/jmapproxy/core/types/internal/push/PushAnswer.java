package org.jmapproxy.core.types.internal.push;

import java.time.Duration;
import java.util.Optional;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.types.PushObserver.Outcome;

/**
 * What a push service made of a post.
 *
 * @param outcome in one word
 * @param detail for the log: the status or why there is none; never the address
 * @param patience how long it asks to be left alone
 */
record PushAnswer(Outcome outcome, String detail, Optional<Duration> patience) {

  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  static PushAnswer to(OutboundRequest request, OutboundHttp http) {
    try (OutboundResponse response = http.send(request)) {
      return new PushAnswer(outcome(response), "status " + response.status(), retryAfter(response));
    } catch (OutboundHttpException e) {
      return new PushAnswer(Outcome.FAILED, e.reason().name(), Optional.empty());
    } catch (RuntimeException e) {
      return new PushAnswer(Outcome.FAILED, e.getClass().getSimpleName(), Optional.empty());
    }
  }

  /** RFC 8030 section 7.3: 404 and 410 say that there is no such subscription any more. */
  private static Outcome outcome(OutboundResponse response) {
    return switch (response.status()) {
      case 404, 410 -> Outcome.GONE;
      case 429 -> Outcome.SLOWED;
      default -> response.isSuccess() ? Outcome.DELIVERED : Outcome.FAILED;
    };
  }

  /** A date in place of seconds is not understood. */
  private static Optional<Duration> retryAfter(OutboundResponse response) {
    return response
        .headers()
        .first("Retry-After")
        .filter(value -> value.matches("[0-9]{1,9}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
  }
}
