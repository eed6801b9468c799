package org.jmapproxy.core.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The beginning of another stream, for {@link Blob#open(long, long)}: ends after so many octets, or
 * when the other one does. Closing closes the other one. For one thread.
 */
public final class BoundedStream extends FilterInputStream {
  private long left;

  /**
   * The beginning of a stream.
   *
   * @param most octets that may come; a negative number means none
   */
  public BoundedStream(InputStream in, long most) {
    super(in);
    left = Math.max(0, most);
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    int octet = super.read();
    left -= octet < 0 ? 0 : 1;
    return octet;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int count = super.read(octets, offset, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, super.available());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
