package org.jmapproxy.backend.imap.internal.outbox;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jmapproxy.core.blob.Blob;

/** A message in memory; nobody changes the octets. */
final class BytesBlob implements Blob {

  private final byte[] octets;

  BytesBlob(byte[] octets) {
    this.octets = octets;
  }

  @Override
  public long size() {
    return octets.length;
  }

  @Override
  public String type() {
    return "message/rfc822";
  }

  @Override
  public InputStream open(long offset, long length) {
    int start = (int) Math.min(offset, octets.length);
    return new ByteArrayInputStream(octets, start, (int) Math.min(length, octets.length - start));
  }
}
