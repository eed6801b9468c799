package org.jmapproxy.backend.passthrough.internal.push;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamClient;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamJson;
import org.jmapproxy.backend.passthrough.internal.session.CurrentSession;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.OutboundResponse;
import org.jmapproxy.core.http.ResponseBounds;
import org.jmapproxy.core.id.State;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event stream of an upstream (RFC 8620 section 7.3). One thread listens; any may {@link #end}.
 */
final class UpstreamEvents {

  private static final int PING_SECONDS = 60;
  private static final Duration HEAD = Duration.ofSeconds(30);

  /** Longer than upstreams take that allow themselves another ping. */
  private static final Duration SILENCE = Duration.ofMinutes(6);

  private final CurrentSession session;
  private final UpstreamClient client;
  private final KnownStates known;
  private Optional<String> lastEventId = Optional.empty();
  private Optional<Duration> retry = Optional.empty();
  private @Nullable OutboundResponse stream;
  private boolean ended;

  UpstreamEvents(CurrentSession session, UpstreamClient client, KnownStates known) {
    this.session = session;
    this.client = client;
    this.known = known;
  }

  /** How long the upstream wants us to wait before we connect again, if it said so. */
  Optional<Duration> retry() {
    return retry;
  }

  /**
   * Listens until the stream ends.
   *
   * @param connected run when it has begun
   * @return false when the upstream offers no such stream
   * @throws BackendException when it cannot be asked
   */
  boolean listen(Runnable connected) {
    Optional<URI> address = session.get().eventSourceUrl(PING_SECONDS).filter(client::mayAsk);
    if (address.isEmpty()) {
      return false;
    }
    try (OutboundResponse response = client.send(request(address.get()))) {
      boolean isStream =
          response.status() == 200
              && response
                  .headers()
                  .first("Content-Type")
                  .filter(type -> type.startsWith("text/event-stream"))
                  .isPresent();
      if (!isStream) {
        return false;
      }
      if (begin(response)) {
        connected.run();
        read(response);
      }
      return true;
    } finally {
      begun(null);
    }
  }

  /** Ends the stream, now and for good. */
  synchronized void end() {
    ended = true;
    if (stream != null) {
      stream.close();
    }
  }

  /** Allows to listen once more. */
  synchronized void reopen() {
    ended = false;
  }

  private synchronized boolean begin(OutboundResponse response) {
    stream = response;
    return !ended;
  }

  private synchronized void begun(@Nullable OutboundResponse response) {
    stream = response;
  }

  private OutboundRequest request(URI address) {
    ResponseBounds bounds = new ResponseBounds(HEAD, SILENCE, Optional.empty(), Long.MAX_VALUE);
    OutboundRequest request =
        OutboundRequest.of("GET", address, bounds)
            .header("Accept", "text/event-stream")
            .header("Cache-Control", "no-cache");
    try {
      return lastEventId.isPresent() ? request.header("Last-Event-ID", lastEventId.get()) : request;
    } catch (IllegalArgumentException e) {
      return request;
    }
  }

  private void read(OutboundResponse response) {
    EventReader events = new EventReader(response.content(), lastEventId);
    try {
      for (Optional<ServerSentEvent> next = events.next(); next.isPresent(); next = events.next()) {
        if (next.get().name().equals("state")) {
          UpstreamJson.object(next.get().data().getBytes(java.nio.charset.StandardCharsets.UTF_8))
              .ifPresent(this::changed);
        }
        lastEventId = events.lastEventId();
      }
    } catch (IOException e) {
      throw new BackendException(Reason.UNAVAILABLE, "an event stream broke off", e);
    } finally {
      retry = events.retry().or(() -> retry);
    }
  }

  /** A StateChange (section 7.1), of which the part about our account is taken. */
  private void changed(ObjectNode change) {
    JsonNode ours = change.path("changed").path(session.get().accountId());
    Map<String, State> states = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : ours.properties()) {
      KnownStates.put(states, one.getKey(), one.getValue());
    }
    known.changed(states);
  }
}
