package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;

/**
 * What we send, compressed (RFC 4978); {@link #flush} makes all of it arrive. Written by one
 * thread; closed by any, once nothing can block any more.
 */
public final class Deflating extends OutputStream {
  private final OutputStream out;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final byte[] packed = new byte[8192];
  private boolean closed;

  /** Compresses to {@code out}, which is not closed by {@link #close}. */
  public Deflating(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    deflater.setInput(bytes, offset, length);
    while (!deflater.needsInput()) {
      out.write(packed, 0, deflater.deflate(packed, 0, packed.length, Deflater.NO_FLUSH));
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    requireOpen();
    int count;
    do {
      count = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
      out.write(packed, 0, count);
    } while (count == packed.length);
    out.flush();
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
    deflater.end();
  }
}
