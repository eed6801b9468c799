package org.jmapproxy.server.jmap;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /raw/{accountId}/{blobId}/{name}?type=} (RFC 8620 section 6.2). What a blob holds
 * comes from strangers: browsers are told to save it, not to guess its type and to run nothing in
 * it.
 */
final class DownloadRoute implements JmapRoutes.Route {

  private static final HttpString DISPOSITION = new HttpString("Content-Disposition");
  private static final HttpString POLICY = new HttpString("Content-Security-Policy");
  private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");
  private static final String MEDIA_TYPE =
      "[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}( *; *[A-Za-z0-9!#$&^_.+-]{1,127}=(\"[ -!#-~]{0,200}\"|[A-Za-z0-9!#$&^_.+':-]{1,200})){0,8}";

  private final JmapServer server;

  DownloadRoute(JmapServer server) {
    this.server = server;
  }

  @Override
  public void handle(HttpServerExchange exchange, Principal principal, RequestTarget target)
      throws IOException {
    String accountId = target.segments().get(1);
    String blobId = target.segments().get(2);
    Optional<Blob> blob =
        Id.isValid(accountId) && Id.isValid(blobId)
            ? server.download(principal, Id.of(accountId), Id.of(blobId))
            : Optional.empty();
    if (blob.isEmpty()) {
      Reply.problem(exchange, 404, "no such blob");
      return;
    }
    try {
      answer(exchange, target, blobId, blob.get());
    } finally {
      blob.get().release();
    }
  }

  private static void answer(
      HttpServerExchange exchange, RequestTarget target, String blobId, Blob blob)
      throws IOException {
    String etag = "\"" + blobId + "\"";
    exchange
        .getResponseHeaders()
        .put(Headers.CACHE_CONTROL, "private, immutable, max-age=31536000")
        .put(Headers.ETAG, etag);
    if (etag.equals(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH))) {
      Reply.empty(exchange, 304);
      return;
    }
    String type =
        target.parameter("type").filter(asked -> asked.matches(MEDIA_TYPE)).orElse(blob.type());
    exchange
        .getResponseHeaders()
        .put(Headers.CONTENT_TYPE, type)
        .put(DISPOSITION, AttachmentName.header(target.segments().get(3)))
        .put(NOSNIFF, "nosniff")
        .put(POLICY, "sandbox; default-src 'none'")
        .put(Headers.ACCEPT_RANGES, "bytes");
    send(exchange, blob, etag);
  }

  private static void send(HttpServerExchange exchange, Blob blob, String etag) throws IOException {
    OptionalLong known = blob.sizeIfKnown();
    Optional<String> asked = askedRange(exchange, etag);
    if (known.isEmpty() && asked.isEmpty()) {
      write(exchange, blob, 0, Long.MAX_VALUE);
      return;
    }
    long size = blob.size();
    ByteRange range = ByteRange.asked(asked, size);
    if (range.isOutside()) {
      exchange.getResponseHeaders().put(Headers.CONTENT_RANGE, "bytes */" + size);
      Reply.empty(exchange, 416);
      return;
    }
    if (range.isPart()) {
      exchange.setStatusCode(206);
      exchange.getResponseHeaders().put(Headers.CONTENT_RANGE, range.header());
    }
    exchange.setResponseContentLength(range.length());
    write(exchange, blob, range.offset(), range.length());
  }

  private static void write(HttpServerExchange exchange, Blob blob, long offset, long length)
      throws IOException {
    if (exchange.getRequestMethod().equals(Methods.HEAD)) {
      exchange.endExchange();
      return;
    }
    exchange.startBlocking();
    try (InputStream in = blob.open(offset, length);
        OutputStream out = exchange.getOutputStream()) {
      in.transferTo(out);
    }
  }

  private static Optional<String> askedRange(HttpServerExchange exchange, String etag) {
    @Nullable String condition = exchange.getRequestHeaders().getFirst(Headers.IF_RANGE);
    return condition == null || condition.equals(etag)
        ? Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.RANGE))
        : Optional.empty();
  }
}
