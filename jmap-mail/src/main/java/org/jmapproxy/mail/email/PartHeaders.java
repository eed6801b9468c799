package org.jmapproxy.mail.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mime.ParsedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an Email's parts. That of the message is known; for others the message is fetched
 * and parsed, once, when the first is asked for. For one thread.
 */
final class PartHeaders {

  /** Of a larger message only the beginning is looked at. */
  private static final int MOST_OCTETS = 64 << 20;

  private final Email email;
  private final RenderContext context;
  private @Nullable ParsedMessage message;

  PartHeaders(Email email, RenderContext context) {
    this.email = email;
    this.context = context;
  }

  /**
   * The header of a part.
   *
   * @param section its IMAP section number; the empty string for the root
   */
  Optional<HeaderBlock> of(String section) {
    if (section.isEmpty() && email.headers().isPresent()) {
      return email.headers();
    }
    ParsedMessage parsed = message;
    if (parsed == null) {
      parsed = ParsedMessage.of(read());
      message = parsed;
    }
    return parsed.header(section);
  }

  private byte[] read() {
    Optional<Blob> raw =
        context.roles().find(BlobRole.ROLE).flatMap(b -> b.find(context.call(), email.blobId()));
    if (raw.isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = raw.get().open()) {
      return in.readNBytes(MOST_OCTETS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
