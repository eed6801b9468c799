package org.jmapproxy.core.internal.blob;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The upload and download of one account (RFC 8620 sections 6.1 and 6.2). */
public final class BlobEntry {

  private static final String DEFAULT_TYPE = "application/octet-stream";

  private final Account account;
  private final CallContext context;

  /** The entry to an account that the principal sees. */
  public BlobEntry(Account account, CallContext context) {
    this.account = account;
    this.context = context;
  }

  /**
   * Stores an upload.
   *
   * @param maxSize in octets
   * @return what the client is answered
   * @throws RequestException when it is too large, or the account takes no data
   */
  public ObjectNode upload(String type, OptionalLong length, InputStream body, long maxSize) {
    if (length.orElse(0) > maxSize) {
      throw new RequestException(RequestError.limit("maxSizeUpload"));
    }
    BlobRole blobs =
        account
            .roles()
            .find(BlobRole.ROLE)
            .orElseThrow(() -> refused(403, "this account takes no uploads"));
    String mediaType = type.isBlank() ? DEFAULT_TYPE : type;
    return rendered(stored(blobs, mediaType, length, new BoundedUpload(body, maxSize, length)));
  }

  /** Finds a blob. */
  public Optional<Blob> download(Id blobId) {
    return account.roles().find(BlobRole.ROLE).flatMap(blobs -> blobs.find(context, blobId));
  }

  /** Whose fault a failure is, the stream knows; the role may wrap its exceptions as it likes. */
  private UploadedBlob stored(
      BlobRole blobs, String type, OptionalLong length, BoundedUpload body) {
    try {
      UploadedBlob uploaded = blobs.upload(context, type, length, body);
      if (body.isTooLong() || body.isBroken()) {
        throw new IllegalStateException("the account stored an upload that broke off");
      }
      return uploaded;
    } catch (RuntimeException e) {
      if (body.isTooLong()) {
        throw new RequestException(RequestError.limit("maxSizeUpload"));
      }
      if (body.isBroken()) {
        throw refused(400, "the upload broke off");
      }
      throw e;
    }
  }

  private ObjectNode rendered(UploadedBlob uploaded) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("accountId", account.id().value())
        .put("blobId", uploaded.blobId().value())
        .put("type", uploaded.type())
        .put("size", uploaded.size());
  }

  private static RequestException refused(int status, String detail) {
    return new RequestException(RequestError.plain(status, detail));
  }
}
