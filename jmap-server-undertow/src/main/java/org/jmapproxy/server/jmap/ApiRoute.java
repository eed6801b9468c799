package org.jmapproxy.server.jmap;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.RequestBody;
import org.jmapproxy.server.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/** {@code POST /jmap} (RFC 8620 section 3). */
final class ApiRoute implements JmapRoutes.Route {

  private final JmapServer server;

  ApiRoute(JmapServer server) {
    this.server = server;
  }

  @Override
  public void handle(HttpServerExchange exchange, Principal principal, RequestTarget target)
      throws IOException {
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    if (!isJson(exchange)) {
      Reply.problem(exchange, RequestError.notJson("the Content-Type must be application/json"));
      return;
    }
    Optional<byte[]> body = RequestBody.read(exchange, server.limits().maxSizeRequest());
    if (body.isEmpty()) {
      Reply.problem(exchange, RequestError.limit("maxSizeRequest"));
    } else {
      Reply.core(exchange, server.handle(principal, body.get()));
    }
  }

  private static boolean isJson(HttpServerExchange exchange) {
    @Nullable String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    @Nullable String encoding = exchange.getRequestHeaders().getFirst(Headers.CONTENT_ENCODING);
    return type != null
        && (encoding == null || encoding.equalsIgnoreCase("identity"))
        && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }
}
