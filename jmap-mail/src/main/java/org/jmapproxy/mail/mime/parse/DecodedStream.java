package org.jmapproxy.mail.mime.parse;

import java.io.IOException;
import java.io.InputStream;
import org.jmapproxy.mail.charset.OctetDecoder;

/** Decodes a transfer encoding while it is read. For one thread. */
final class DecodedStream extends InputStream {
  private static final int PIECE = 8192;

  private final InputStream encoded;
  private final OctetDecoder decoder;
  private final byte[] in = new byte[PIECE];
  private final byte[] out = new byte[PIECE + 2 * OctetDecoder.SPARE];
  private int next;
  private int end;
  private boolean finished;

  DecodedStream(InputStream encoded, OctetDecoder decoder) {
    this.encoded = encoded;
    this.decoder = decoder;
  }

  @Override
  public int read() throws IOException {
    return fill() ? out[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, end - next);
    System.arraycopy(out, next, target, offset, count);
    next += count;
    return count;
  }

  /** Whether there is something to give. */
  private boolean fill() throws IOException {
    while (next == end && !finished) {
      int read = encoded.read(in);
      next = 0;
      finished = read < 0;
      end = finished ? decoder.finish(out, 0) : decoder.decode(in, 0, read, out, 0);
    }
    return next < end;
  }

  @Override
  public void close() throws IOException {
    encoded.close();
  }
}
