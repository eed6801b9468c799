package org.jmapproxy.mail.email.compose;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Reads stretches of a message one after the other, each opened when the one before is read. */
final class ContentStream extends InputStream {

  private final Iterator<Content> contents;
  private InputStream current = InputStream.nullInputStream();
  private long left;

  /**
   * Starts at the beginning of the message.
   *
   * @param end octets after which the stream ends, if the message does not end before
   */
  ContentStream(List<Content> contents, long end) {
    this.contents = contents.iterator();
    this.left = end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left > 0) {
      int count = current.read(target, offset, (int) Math.min(length, left));
      if (count > 0) {
        left -= count;
        return count;
      }
      current.close();
      if (!contents.hasNext()) {
        return -1;
      }
      current = contents.next().open();
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    left = 0;
    current.close();
  }
}
