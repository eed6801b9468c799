package org.jmapproxy.mail.testkit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jmapproxy.core.blob.Blob;

/**
 * Data in memory.
 *
 * @param type the media type
 * @param octets not copied
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares blobs
public record MemoryBlob(String type, byte[] octets) implements Blob {

  @Override
  public long size() {
    return octets.length;
  }

  @Override
  public InputStream open(long offset, long length) {
    return new ByteArrayInputStream(octets, (int) offset, (int) length);
  }
}
