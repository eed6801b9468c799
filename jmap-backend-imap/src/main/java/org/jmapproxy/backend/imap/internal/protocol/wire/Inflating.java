package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What the server sends, decompressed (RFC 4978). Never holds more than a buffer: how much the
 * bytes swell to is bounded by whoever reads them. Read by one thread; closed by any.
 */
public final class Inflating extends InputStream {
  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final byte[] packed = new byte[16384];
  private boolean closed;

  /** Decompresses {@code in}, which is not closed by {@link #close}. */
  public Inflating(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int count = inflate(bytes, offset, length);
      if (count != 0) {
        return count;
      }
      int more = in.read(packed, 0, packed.length);
      if (more < 0) {
        return -1;
      }
      feed(more);
    }
  }

  private synchronized int inflate(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    try {
      int count = inflater.inflate(bytes, offset, length);
      if (count == 0 && (inflater.finished() || inflater.needsDictionary())) {
        return -1;
      }
      return count;
    } catch (DataFormatException e) {
      throw new IOException("The server's compressed data are broken", e);
    }
  }

  private synchronized void feed(int count) throws IOException {
    requireOpen();
    inflater.setInput(packed, 0, count);
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("The connection is closed");
    }
  }

  /** Gives the memory back. */
  @Override
  public synchronized void close() {
    closed = true;
    inflater.end();
  }
}
