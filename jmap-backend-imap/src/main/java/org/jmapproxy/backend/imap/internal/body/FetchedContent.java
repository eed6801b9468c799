package org.jmapproxy.backend.imap.internal.body;

import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.mail.email.EmailContent;
import org.jmapproxy.mail.header.HeaderBlock;

/**
 * A message after it was fetched, or could not be.
 *
 * @param parts the message
 * @param missing why something that was asked for is not here
 */
record FetchedContent(MessageParts parts, Optional<BackendException> missing)
    implements EmailContent {

  @Override
  public Optional<Blob> part(String partId) {
    refuseWhenMissing();
    return parts.part(partId);
  }

  @Override
  public OptionalLong size(String partId) {
    return missing.isPresent() ? OptionalLong.empty() : parts.size(partId);
  }

  @Override
  public Optional<HeaderBlock> header(String section) {
    refuseWhenMissing();
    return parts.parsed().header(section);
  }

  private void refuseWhenMissing() {
    missing.ifPresent(
        failure -> {
          throw failure;
        });
  }
}
