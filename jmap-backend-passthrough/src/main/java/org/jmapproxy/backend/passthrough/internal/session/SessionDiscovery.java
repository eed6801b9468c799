package org.jmapproxy.backend.passthrough.internal.session;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jmapproxy.backend.passthrough.internal.http.Origin;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamClient;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamJson;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.http.OutboundHttpException;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.http.ResponseBounds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches the session of an upstream (RFC 8620 section 2): from its own address or from {@code
 * /.well-known/jmap} (section 2.2), following redirects as long as they stay where the login may be
 * sent. Thread-safe.
 */
public final class SessionDiscovery {

  private static final int MOST_REDIRECTS = 5;
  private static final long MOST_OCTETS = 4 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MAIL = "urn:ietf:params:jmap:mail";

  private final UpstreamClient client;
  private final UpstreamAddress upstream;

  /** Finds the session of an upstream. */
  public SessionDiscovery(UpstreamClient client, UpstreamAddress upstream) {
    this.client = client;
    this.upstream = upstream;
  }

  /**
   * The session as it is now.
   *
   * @throws BackendException when there is none, or none that can be used
   */
  public UpstreamSession fetch() {
    URI address = upstream.sessionUrl();
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      try (OutboundResponse response = client.send(request(address))) {
        if (response.status() >= 300 && response.status() < 400) {
          address = redirected(address, response);
          continue;
        }
        return session(address, response);
      } catch (OutboundHttpException e) {
        throw new UnusableSessionException("the session cannot be read: " + e.getMessage());
      }
    }
    throw new UnusableSessionException("the session's address redirects too often");
  }

  /** Reads a session that was kept; nothing when it can no longer be used. */
  public Optional<UpstreamSession> read(URI address, ObjectNode json) {
    try {
      return Optional.of(checked(address, json));
    } catch (UnusableSessionException e) {
      return Optional.empty();
    }
  }

  private static OutboundRequest request(URI address) {
    ResponseBounds bounds =
        new ResponseBounds(PATIENCE, PATIENCE, Optional.of(PATIENCE), MOST_OCTETS);
    return OutboundRequest.of("GET", address, bounds).header("Accept", "application/json");
  }

  private URI redirected(URI from, OutboundResponse response) {
    URI to =
        response
            .headers()
            .first("Location")
            .flatMap(location -> resolved(from, location))
            .orElseThrow(
                () -> new UnusableSessionException("the session's address redirects to nowhere"));
    if (!client.mayAsk(to)) {
      throw new UnusableSessionException(
          "the session's address redirects to "
              + Origin.of(to)
              + ", where the login is not sent; use its own address as sessionUrl, or name it in"
              + " trustedOrigins");
    }
    return to;
  }

  private static Optional<URI> resolved(URI from, String location) {
    try {
      return Optional.of(from.resolve(new URI(location))).filter(Origin::isWeb);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private UpstreamSession session(URI address, OutboundResponse response) {
    if (response.status() == 403) {
      throw client.refused();
    }
    if (!response.isSuccess()) {
      throw new UnusableSessionException(
          "there is no session at its address (" + response.status() + ")");
    }
    ObjectNode json =
        UpstreamJson.object(response.readAll())
            .orElseThrow(
                () -> new UnusableSessionException("what is at the session's address is no JSON"));
    return checked(address, json);
  }

  private UpstreamSession checked(URI address, ObjectNode json) {
    UpstreamSession session = new UpstreamSession(address, accountId(json), json);
    Set<String> foreign = new TreeSet<>();
    Stream.of(
            Optional.of(session.apiUrl()),
            session.uploadUrl(),
            session.downloadUrl("b", "t"),
            session.eventSourceUrl(0))
        .flatMap(Optional::stream)
        .filter(url -> !client.mayAsk(url))
        .forEach(url -> foreign.add(Origin.of(url).toString()));
    if (!foreign.isEmpty()) {
      throw new UnusableSessionException(
          "the session names addresses at "
              + String.join(", ", foreign)
              + ", where the login is not sent; name them in trustedOrigins if that is right");
    }
    return session;
  }

  /**
   * The one that the operator named, else the primary one for mail, else for anything, else any.
   */
  private String accountId(ObjectNode json) {
    if (upstream.accountId().isPresent()) {
      return upstream.accountId().get();
    }
    JsonNode accounts = json.path("accounts");
    JsonNode primary = json.path("primaryAccounts");
    List<String> preferred =
        Stream.of(
                primary.path(MAIL).stringValueOpt().stream(),
                primary.properties().stream()
                    .map(Map.Entry::getValue)
                    .flatMap(value -> value.stringValueOpt().stream()),
                accounts.propertyNames().stream())
            .flatMap(one -> one)
            .toList();
    return preferred.stream()
        .filter(accounts::has)
        .findFirst()
        .orElseThrow(() -> new UnusableSessionException("the session has no account"));
  }
}
