package org.jmapproxy.core.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;

/** Blobs of one account in memory. */
final class MemoryBlobs implements BlobRole {

  private final Map<Id, Blob> blobs = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final String prefix;

  MemoryBlobs(String prefix) {
    this.prefix = prefix;
  }

  int size() {
    return blobs.size();
  }

  @Override
  public UploadedBlob upload(CallContext context, String type, InputStream data) {
    try {
      byte[] octets = data.readAllBytes();
      Id id = Id.of(prefix + count.incrementAndGet());
      blobs.put(id, new MemoryBlob(type, octets));
      return new UploadedBlob(id, type, octets.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Blob> find(CallContext context, Id blobId) {
    return Optional.ofNullable(blobs.get(blobId));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record MemoryBlob(String type, byte[] octets) implements Blob {

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public InputStream open(long offset, long length) {
      return new ByteArrayInputStream(octets, (int) offset, (int) length);
    }
  }
}
