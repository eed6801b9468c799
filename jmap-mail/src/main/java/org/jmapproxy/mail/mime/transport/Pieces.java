package org.jmapproxy.mail.mime.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** Reads stretches one after the other, each opened when the one before is read. */
final class Pieces extends InputStream {

  private final Iterator<Supplier<InputStream>> next;
  private InputStream current = InputStream.nullInputStream();

  Pieces(List<Supplier<InputStream>> pieces) {
    next = pieces.iterator();
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
    while (true) {
      int count = current.read(target, offset, length);
      if (count > 0) {
        return count;
      }
      current.close();
      if (!next.hasNext()) {
        current = InputStream.nullInputStream();
        return -1;
      }
      current = next.next().get();
    }
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
