package org.jmapproxy.core.internal.blob;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The data of an upload or a copy: fails when it turns out longer than allowed, or ends before the
 * announced length, so that nothing half is stored as if it were whole.
 */
final class BoundedUpload extends FilterInputStream {

  private final long max;
  private final OptionalLong announced;
  private long count;
  private boolean failed;

  BoundedUpload(InputStream body, long max, OptionalLong announced) {
    super(body);
    this.max = max;
    this.announced = announced;
  }

  /** Whether more than the allowed octets came. */
  boolean isTooLong() {
    return count > max;
  }

  /** Whether the side that sends broke. */
  boolean isBroken() {
    return failed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = readBody(buffer, offset, length);
    if (read < 0) {
      if (announced.isPresent() && count < announced.getAsLong()) {
        failed = true;
        throw new EOFException("the data ended early");
      }
      return -1;
    }
    count += read;
    if (isTooLong()) {
      throw new IOException("the data are longer than allowed");
    }
    return read;
  }

  private int readBody(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = 0;
    while (skipped < n && read() >= 0) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Whoever opened the data closes them. */
  @Override
  public void close() {}
}
