package org.jmapproxy.mail.email;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.PartLayout;

/**
 * The decoded content of a part, read out of its message.
 *
 * @param message the octets that were parsed
 * @param layout where the part lies
 */
record PartBlob(Blob message, PartLayout layout) implements Blob {

  @Override
  public long size() {
    return layout.decodedSize();
  }

  @Override
  public String type() {
    return layout.part().type();
  }

  @Override
  public InputStream open(long offset, long length) {
    long start = Math.min(offset, size());
    long most = Math.min(length, size() - start);
    if (layout.part().encoding().decoder().isEmpty()) {
      return message.open(layout.body().start() + start, most);
    }
    InputStream decoded = new MessageContent(message).decoded(layout);
    try {
      decoded.skipNBytes(start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Beginning(decoded, most);
  }

  /** The first octets of a stream. */
  private static final class Beginning extends FilterInputStream {
    private long left;

    Beginning(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        return -1;
      }
      int count = super.read(target, offset, (int) Math.min(length, left));
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
}
