package org.jmapproxy.server.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Request bodies read on a worker thread, never more than a bound. */
public final class RequestBody {

  private RequestBody() {}

  /**
   * The whole body, empty if it is longer than {@code most} bytes.
   *
   * @throws IOException if the client goes away or is too slow
   */
  public static Optional<byte[]> read(HttpServerExchange exchange, long most) throws IOException {
    if (exchange.getRequestContentLength() > most) {
      return Optional.empty();
    }
    InputStream in = exchange.getInputStream();
    byte[] body = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
    return body.length > most ? Optional.empty() : Optional.of(body);
  }
}
