package org.jmapproxy.core.internal.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;

/** Moves data from one account to another without holding them in memory. */
public final class BlobTransfer {

  /** The error type when the original is not there (RFC 8620 section 5.3 knows it for /set). */
  public static final String BLOB_NOT_FOUND = "blobNotFound";

  private BlobTransfer() {}

  /**
   * Copies a blob.
   *
   * @param maxSize in octets
   * @throws MethodException {@code blobNotFound} or {@code tooLarge}
   */
  public static UploadedBlob copy(
      BlobRole from,
      CallContext reading,
      Id blobId,
      BlobRole to,
      CallContext writing,
      long maxSize) {
    Blob original =
        from.find(reading, blobId)
            .orElseThrow(() -> new MethodException(MethodError.of(BLOB_NOT_FOUND)));
    try {
      OptionalLong size = original.sizeIfKnown();
      if (size.orElse(0) > maxSize) {
        throw tooLarge();
      }
      return copy(original, size, to, writing, maxSize);
    } finally {
      original.release();
    }
  }

  private static UploadedBlob copy(
      Blob original, OptionalLong size, BlobRole to, CallContext writing, long maxSize) {
    try (InputStream data = original.open(0, size.orElse(maxSize + 1))) {
      BoundedUpload bounded = new BoundedUpload(data, size.orElse(maxSize), size);
      try {
        return to.upload(writing, original.type(), size, bounded);
      } catch (RuntimeException e) {
        throw bounded.isTooLong() && size.isEmpty() ? tooLarge() : e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the end of a blob could not be read", e);
    }
  }

  private static MethodException tooLarge() {
    return new MethodException(MethodError.of("tooLarge", "the blob is larger than maxSizeUpload"));
  }
}
