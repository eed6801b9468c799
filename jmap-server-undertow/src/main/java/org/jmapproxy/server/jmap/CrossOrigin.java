package org.jmapproxy.server.jmap;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import org.jmapproxy.server.http.Reply;

/**
 * Lets JMAP clients in browsers in, from any origin: requests carry their credentials themselves,
 * never a cookie, so another site cannot act for a user. Preflight requests are answered here.
 */
final class CrossOrigin implements HttpHandler {

  private static final HttpString ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final HttpString HEADERS = new HttpString("Access-Control-Allow-Headers");
  private static final HttpString EXPOSED = new HttpString("Access-Control-Expose-Headers");
  private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");

  private final HttpHandler next;

  CrossOrigin(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange
        .getResponseHeaders()
        .put(ORIGIN, "*")
        .put(
            EXPOSED,
            "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Location, Retry-After, WWW-Authenticate");
    if (exchange.getRequestMethod().equals(Methods.OPTIONS)) {
      exchange
          .getResponseHeaders()
          .put(METHODS, "GET, HEAD, POST, OPTIONS")
          .put(
              HEADERS,
              "Authorization, Content-Type, Last-Event-ID, Range, If-None-Match, Cache-Control, Accept")
          .put(MAX_AGE, "600");
      Reply.empty(exchange, 204);
    } else {
      next.handleRequest(exchange);
    }
  }
}
