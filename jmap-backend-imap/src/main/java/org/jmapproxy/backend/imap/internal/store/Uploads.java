package org.jmapproxy.backend.imap.internal.store;

import java.io.InputStream;
import java.util.Optional;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;

/** Keeps uploaded data for at least a day (RFC 8620 section 6.1). Thread-safe. */
public interface Uploads {

  /**
   * Stores data; they are safe on disk when this returns.
   *
   * @param type the media type that the client claims
   * @param data read to its end, not closed
   */
  UploadedBlob upload(String type, InputStream data);

  /** Uploaded data that have not expired. */
  Optional<Blob> find(Id blobId);
}
