package org.jmapproxy.backend.imap.internal.body;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.ScriptStore;
import org.jmapproxy.backend.imap.internal.store.Uploads;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;

/** An account's blobs: what clients uploaded, messages and their parts, scripts. */
public final class AccountBlobs implements BlobRole {
  private final Uploads uploads;
  private final ScriptStore scripts;
  private final MessageBodies bodies;

  /** All blobs of one account. */
  public AccountBlobs(Uploads uploads, ScriptStore scripts, MessageBodies bodies) {
    this.uploads = uploads;
    this.scripts = scripts;
    this.bodies = bodies;
  }

  @Override
  public UploadedBlob upload(CallContext context, String type, InputStream data) {
    return uploads.upload(type, data);
  }

  @Override
  public Optional<Blob> find(CallContext context, Id blobId) {
    return uploads.find(blobId).or(() -> script(blobId)).or(() -> bodies.find(blobId));
  }

  private Optional<Blob> script(Id blobId) {
    return scripts
        .text(blobId)
        .map(
            text ->
                new CachedBlob(
                    "application/sieve",
                    () -> new Octets.Held(text.getBytes(StandardCharsets.UTF_8))));
  }
}
