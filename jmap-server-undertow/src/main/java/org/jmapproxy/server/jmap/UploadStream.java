package org.jmapproxy.server.jmap;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an upload. Nothing waits for it before the first read: an upload that is refused
 * unread keeps no thread.
 */
final class UploadStream extends InputStream {

  private final HttpServerExchange exchange;
  private @Nullable InputStream body;

  UploadStream(HttpServerExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public int read() throws IOException {
    return body().read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return body().read(buffer, offset, length);
  }

  private InputStream body() {
    InputStream begun = body;
    if (begun == null) {
      exchange.startBlocking();
      begun = exchange.getInputStream();
      body = begun;
    }
    return begun;
  }
}
