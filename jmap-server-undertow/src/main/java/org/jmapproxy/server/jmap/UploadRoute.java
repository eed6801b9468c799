package org.jmapproxy.server.jmap;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.OptionalLong;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/** {@code POST /upload/{accountId}} (RFC 8620 section 6.1). */
final class UploadRoute implements JmapRoutes.Route {

  private final JmapServer server;

  UploadRoute(JmapServer server) {
    this.server = server;
  }

  @Override
  public void handle(HttpServerExchange exchange, Principal principal, RequestTarget target) {
    String accountId = target.segments().get(1);
    if (!Id.isValid(accountId)) {
      Reply.problem(exchange, 404, "no such account");
      return;
    }
    long length = exchange.getRequestContentLength();
    Reply.core(
        exchange,
        server.upload(
            principal,
            Id.of(accountId),
            type(exchange),
            length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
            new UploadStream(exchange)));
  }

  private static String type(HttpServerExchange exchange) {
    @Nullable String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    return type == null || type.isBlank() ? "application/octet-stream" : type;
  }
}
