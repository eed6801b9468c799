package org.jmapproxy.mail.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.mime.parse.PartLayout;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an Email's parts. That of the message is known; for others the message is fetched
 * and parsed, once, when the first is asked for. For one thread.
 */
final class PartHeaders {

  private final Email email;
  private final RenderContext context;
  private @Nullable Parsed message;

  PartHeaders(Email email, RenderContext context) {
    this.email = email;
    this.context = context;
  }

  /** A message whose parts are known by their numbers. */
  private record Parsed(Optional<MessageContent> content, Map<String, PartLayout> parts) {}

  /**
   * The header of a part.
   *
   * @param section its IMAP section number; the empty string for the root
   */
  Optional<HeaderBlock> of(String section) {
    if (section.isEmpty() && email.headers().isPresent()) {
      return email.headers();
    }
    Parsed parsed = message;
    if (parsed == null) {
      parsed = read();
      message = parsed;
    }
    Optional<PartLayout> part = Optional.ofNullable(parsed.parts().get(section));
    return parsed.content().flatMap(content -> part.map(content::header));
  }

  private Parsed read() {
    return context
        .roles()
        .find(BlobRole.ROLE)
        .flatMap(blobs -> blobs.find(context.call(), email.blobId()))
        .map(PartHeaders::parse)
        .orElse(new Parsed(Optional.empty(), Map.of()));
  }

  /** The first of a number counts: the message inside of a part has the part's number too. */
  private static Parsed parse(Blob blob) {
    Map<String, PartLayout> parts = new HashMap<>();
    try (InputStream in = blob.open()) {
      PartLayout root = MessageParser.standard().parse(in).root();
      parts.put("", root);
      root.all().forEach(part -> parts.putIfAbsent(part.section(), part));
      return new Parsed(Optional.of(new MessageContent(blob)), parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
