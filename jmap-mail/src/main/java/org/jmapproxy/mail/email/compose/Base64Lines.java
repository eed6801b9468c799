package org.jmapproxy.mail.email.compose;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Encodes a stream in lines of 76 characters while it is read. */
public final class Base64Lines extends InputStream {

  private static final int OCTETS_PER_LINE = 57;
  private static final int LINES_AT_ONCE = 128;
  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder();

  private final InputStream source;
  private byte[] ready = new byte[0];
  private int at;

  /** Encodes a stream, which is closed with this one. */
  public Base64Lines(InputStream source) {
    this.source = source;
  }

  /** The size of so many octets after encoding. */
  static long sizeOf(long octets) {
    long lines = (octets + OCTETS_PER_LINE - 1) / OCTETS_PER_LINE;
    return (octets + 2) / 3 * 4 + 2 * lines;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : ready[at++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean isAtEnd() throws IOException {
    if (at < ready.length) {
      return false;
    }
    byte[] octets = source.readNBytes(OCTETS_PER_LINE * LINES_AT_ONCE);
    if (octets.length == 0) {
      return true;
    }
    byte[] encoded = ENCODER.encode(octets);
    ready = java.util.Arrays.copyOf(encoded, encoded.length + 2);
    ready[encoded.length] = '\r';
    ready[encoded.length + 1] = '\n';
    at = 0;
    return false;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
