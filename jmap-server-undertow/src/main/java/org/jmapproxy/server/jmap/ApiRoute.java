package org.jmapproxy.server.jmap;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Locale;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.RequestBody;
import org.jmapproxy.server.http.RequestTarget;
import org.jmapproxy.server.http.Workers;
import org.jmapproxy.server.lifecycle.OpenAccounts;
import org.jspecify.annotations.Nullable;

/** {@code POST /jmap} (RFC 8620 section 3). */
final class ApiRoute implements JmapRoutes.Route {

  private final JmapServer server;
  private final OpenAccounts accounts;
  private final Workers workers;

  ApiRoute(JmapServer server, OpenAccounts accounts, Workers workers) {
    this.server = server;
    this.accounts = accounts;
    this.workers = workers;
  }

  @Override
  public void handle(HttpServerExchange exchange, Principal principal, RequestTarget target)
      throws Exception {
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    if (!isJson(exchange)) {
      Reply.problem(exchange, RequestError.notJson("the Content-Type must be application/json"));
      return;
    }
    RequestBody.read(
        exchange,
        server.limits().maxSizeRequest(),
        workers,
        principal.name(),
        (read, body) -> answer(read, principal, body),
        JmapRoutes::defect,
        tooLong -> Reply.problem(tooLong, RequestError.limit("maxSizeRequest")));
  }

  private void answer(HttpServerExchange exchange, Principal principal, byte[] body) {
    OpenAccounts.Use use = accounts.use(principal);
    try {
      Reply.core(exchange, server.handle(principal, body));
    } finally {
      use.close();
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
