package org.jmapproxy.backend.passthrough.internal.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import org.jmapproxy.core.http.OutboundResponse;

/** The content of a response, which is let go of when the stream is closed. */
final class ResponseStream extends FilterInputStream {

  private final OutboundResponse response;

  ResponseStream(OutboundResponse response) {
    super(response.content());
    this.response = response;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    return in.read(octets, offset, length);
  }

  @Override
  public void close() {
    response.close();
  }
}
