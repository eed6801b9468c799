package org.jmapproxy.backend.passthrough.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;

/**
 * Sends requests with the account's login, to the origins that may see it and to no others. Refused
 * logins, failures and demands to slow down become exceptions, and are not answered by hammering.
 * Thread-safe.
 */
public final class UpstreamClient {

  private final OutboundHttp http;
  private final Credentials credentials;
  private final Set<Origin> origins;
  private final Backoff backoff;
  private final InstantSource clock;

  /**
   * A client for one account.
   *
   * @param origins where the login may be sent
   */
  public UpstreamClient(
      OutboundHttp http,
      Credentials credentials,
      Set<Origin> origins,
      Backoff backoff,
      InstantSource clock) {
    this.http = http;
    this.credentials = credentials;
    this.origins = Set.copyOf(origins);
    this.backoff = backoff;
    this.clock = clock;
  }

  /** Whether the login may be sent to an address. */
  public boolean mayAsk(URI address) {
    return Origin.isWeb(address) && origins.contains(Origin.of(address));
  }

  /**
   * Sends a request and waits for the head of the response.
   *
   * @return a response of a status other than 401, 429 and 500 to 599; to be closed
   * @throws OutcomeUnknownException when it was sent and there is no answer
   * @throws BackendException when it was not sent, or the upstream refuses to deal with it
   */
  public OutboundResponse send(OutboundRequest request) {
    if (!mayAsk(request.uri())) {
      throw new BackendException(
          Reason.UNAVAILABLE,
          "the account's server names an address at "
              + request.uri().getHost()
              + ", where the login must not be sent");
    }
    String secret = credentials.secret();
    backoff.check(secret);
    OutboundResponse response = answer(request.header("Authorization", authorization(secret)));
    if (response.status() == 401) {
      response.close();
      throw refused();
    }
    if (response.status() == 429 || response.status() >= 500) {
      response.close();
      throw failed(response);
    }
    backoff.succeeded();
    return response;
  }

  /** To be thrown when the upstream refuses the login in other words than 401. */
  public BackendException refused() {
    backoff.refused(credentials.secret());
    return new BackendException(
        Reason.AUTHENTICATION_LOST, "the account's server refuses the login");
  }

  private BackendException failed(OutboundResponse response) {
    Optional<Duration> askedFor =
        response
            .headers()
            .first("Retry-After")
            .flatMap(at -> RetryAfter.parse(at, clock.instant()));
    switch (response.status()) {
      case 429 -> {
        backoff.failed(Reason.RATE_LIMITED, askedFor.or(() -> Optional.of(Duration.ofSeconds(1))));
        return new BackendException(
            Reason.RATE_LIMITED, "the account's server asks to slow down (429)");
      }
      case 503 -> {
        backoff.failed(Reason.UNAVAILABLE, askedFor);
        return new BackendException(
            Reason.UNAVAILABLE, "the account's server is not available (503)");
      }
      default -> {
        backoff.stumbled();
        return new OutcomeUnknownException(
            "the account's server fails (" + response.status() + ")");
      }
    }
  }

  private OutboundResponse answer(OutboundRequest request) {
    try {
      return http.send(request);
    } catch (OutboundHttpException e) {
      throw failure(e);
    }
  }

  private BackendException failure(OutboundHttpException e) {
    switch (e.reason()) {
      case FORBIDDEN, UNKNOWN_HOST, UNREACHABLE, UNTRUSTED -> {
        backoff.failed(Reason.UNAVAILABLE, Optional.empty());
        return new BackendException(
            Reason.UNAVAILABLE, "the account's server cannot be reached: " + e.getMessage(), e);
      }
      case TIMED_OUT -> {
        backoff.failed(Reason.UNAVAILABLE, Optional.empty());
        return lost(e);
      }
      default -> {
        backoff.stumbled();
        return lost(e);
      }
    }
  }

  private static OutcomeUnknownException lost(OutboundHttpException e) {
    return new OutcomeUnknownException(
        e.reason() == OutboundHttpException.Reason.BROKEN,
        "the account's server did not answer: " + e.getMessage(),
        e);
  }

  /**
   * @throws BackendException when the secret cannot be written into a header field
   */
  private String authorization(String secret) {
    if (credentials.scheme() == Credentials.Scheme.BEARER) {
      if (!secret.matches("[\\x21-\\x7E]+")) {
        throw new BackendException(
            Reason.AUTHENTICATION_LOST, "the token is empty or has characters that no token has");
      }
      return "Bearer " + secret;
    }
    String pair = credentials.username() + ":" + secret;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
