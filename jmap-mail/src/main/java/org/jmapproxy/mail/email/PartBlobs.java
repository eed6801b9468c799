package org.jmapproxy.mail.email;

import java.io.InputStream;
import java.util.Optional;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;

/**
 * Adds the parts of messages to a blob role, under the ids of {@link PartBlobId}: those of uploaded
 * messages, and those of messages that are attached to others. A part that the role finds by itself
 * is left to it. Thread-safe if the role is.
 */
public final class PartBlobs implements BlobRole {

  /** How many attached messages may be opened in each other to find a part. */
  private static final int DEEPEST = 8;

  private final BlobRole blobs;

  /**
   * Adds parts to a role.
   *
   * @param blobs finds the messages
   */
  public PartBlobs(BlobRole blobs) {
    this.blobs = blobs;
  }

  @Override
  public UploadedBlob upload(CallContext context, String type, InputStream data) {
    return blobs.upload(context, type, data);
  }

  @Override
  public Optional<Blob> find(CallContext context, Id blobId) {
    return find(context, blobId, 0);
  }

  private Optional<Blob> find(CallContext context, Id blobId, int depth) {
    return blobs
        .find(context, blobId)
        .or(
            () ->
                PartBlobId.parse(blobId)
                    .filter(id -> depth < DEEPEST)
                    .flatMap(
                        id ->
                            find(context, id.messageBlobId(), depth + 1)
                                .flatMap(message -> part(message, id.partId()))));
  }

  private static Optional<Blob> part(Blob message, String partId) {
    return ParsedContent.of(message).part(partId);
  }
}
