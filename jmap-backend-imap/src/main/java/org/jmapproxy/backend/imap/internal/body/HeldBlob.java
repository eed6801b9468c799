package org.jmapproxy.backend.imap.internal.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jmapproxy.core.blob.Blob;

/** Data in memory. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares blobs
record HeldBlob(String type, byte[] octets) implements Blob {
  private static final int MOST = 1 << 18;

  /** The same data in memory, so that they are not looked for again; large ones as they were. */
  static Blob ifSmall(Blob blob) {
    try (InputStream in = blob.open(0, MOST)) {
      byte[] octets = in.readNBytes(MOST);
      return octets.length < MOST ? new HeldBlob(blob.type(), octets) : blob;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return octets.length;
  }

  @Override
  public InputStream open(long offset, long length) {
    int start = (int) Math.min(offset, octets.length);
    return new ByteArrayInputStream(octets, start, (int) Math.min(length, octets.length - start));
  }
}
