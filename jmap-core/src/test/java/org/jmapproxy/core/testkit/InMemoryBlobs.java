package org.jmapproxy.core.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;

/** Blobs kept in memory. Thread-safe. */
public final class InMemoryBlobs implements BlobRole {

  private final Map<Id, Blob> blobs = new ConcurrentHashMap<>();

  /** No blobs at first. */
  public InMemoryBlobs() {}

  private static final class Stored implements Blob {

    private final String type;
    private final byte[] data;

    Stored(String type, byte[] data) {
      this.type = type;
      this.data = data;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public long size() {
      return data.length;
    }

    @Override
    public InputStream open(long offset, long length) {
      int from = (int) Math.min(offset, data.length);
      return new ByteArrayInputStream(data, from, (int) Math.min(length, data.length - from));
    }
  }

  @Override
  public UploadedBlob upload(CallContext context, String type, InputStream data) {
    try {
      Blob blob = new Stored(type, data.readAllBytes());
      Id id = Id.of("b" + UUID.randomUUID());
      blobs.put(id, blob);
      return new UploadedBlob(id, type, blob.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Blob> find(CallContext context, Id blobId) {
    return Optional.ofNullable(blobs.get(blobId));
  }
}
