package org.jmapproxy.server.jmap;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Optional;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.transport.EventStreamRequest;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.RequestTarget;
import org.jmapproxy.server.lifecycle.OpenAccounts;

/** {@code GET /eventsource} (RFC 8620 section 7.3). */
final class EventSourceRoute implements JmapRoutes.Route {

  private static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");

  private final JmapServer server;
  private final OpenAccounts accounts;
  private final EventStreams streams;

  EventSourceRoute(JmapServer server, OpenAccounts accounts, EventStreams streams) {
    this.server = server;
    this.accounts = accounts;
    this.streams = streams;
  }

  @Override
  public void handle(HttpServerExchange exchange, Principal principal, RequestTarget target) {
    EventStreamRequest request =
        EventStreamRequest.of(
            target.parameter("types"),
            target.parameter("closeafter"),
            target.parameter("ping"),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(LAST_EVENT_ID)));
    if (exchange.getRequestMethod().equals(io.undertow.util.Methods.HEAD)) {
      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, EventConnection.CONTENT_TYPE);
      Reply.empty(exchange, 200);
    } else if (!streams.enter(principal)) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "60");
      Reply.problem(exchange, 429, "too many open event streams");
    } else {
      open(exchange, principal, request);
    }
  }

  private void open(HttpServerExchange exchange, Principal principal, EventStreamRequest request) {
    EventConnection connection = new EventConnection(exchange);
    OpenAccounts.Use use;
    try {
      use = accounts.use(principal);
    } catch (RuntimeException e) {
      streams.leave(principal);
      throw e;
    }
    try {
      streams.add(principal, connection, server.events(principal, request, connection), use);
    } catch (RuntimeException e) {
      streams.leave(principal);
      use.close();
      throw e;
    }
    connection.start();
    if (accounts.visibleTo(principal).isEmpty()) {
      connection.end();
    }
  }
}
