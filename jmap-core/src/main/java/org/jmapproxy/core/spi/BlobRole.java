package org.jmapproxy.core.spi;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;

/** Keeps uploaded data and finds data by blob id (RFC 8620 section 6). Thread-safe. */
public interface BlobRole {

  /** The key of this role. */
  Role<BlobRole> ROLE = Role.of("blobs", BlobRole.class);

  /**
   * Stores data; it stays at least an hour, or as long as an object refers to it.
   *
   * @param type the media type that the client claims
   * @param data read to its end, not closed; the engine has bounded its size
   */
  UploadedBlob upload(CallContext context, String type, InputStream data);

  /**
   * The same for data whose size is known before they are read.
   *
   * @param length in octets, if it is known
   */
  default UploadedBlob upload(
      CallContext context, String type, OptionalLong length, InputStream data) {
    return upload(context, type, data);
  }

  /** The data under an id, if there are any that the account may read. */
  Optional<Blob> find(CallContext context, Id blobId);
}
