package org.jmapproxy.mail.email;

import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.header.HeaderBlock;

/** A message whose parts are found as blobs; parsed once, when the first header is asked for. */
final class BlobContent implements EmailContent {

  private final Email email;
  private final CallContext call;
  private final Optional<BlobRole> blobs;
  private boolean looked;
  private Optional<ParsedContent> message = Optional.empty();

  BlobContent(Email email, CallContext call, Optional<BlobRole> blobs) {
    this.email = email;
    this.call = call;
    this.blobs = blobs;
  }

  @Override
  public Optional<Blob> part(String partId) {
    return blobs.flatMap(
        role -> PartBlobId.of(email.blobId(), partId).flatMap(id -> role.find(call, id)));
  }

  @Override
  public OptionalLong size(String partId) {
    return part(partId).map(blob -> OptionalLong.of(blob.size())).orElse(OptionalLong.empty());
  }

  @Override
  public Optional<HeaderBlock> header(String section) {
    if (!looked) {
      looked = true;
      message = blobs.flatMap(role -> role.find(call, email.blobId())).map(ParsedContent::of);
    }
    return message.flatMap(content -> content.header(section));
  }
}
