package org.jmapproxy.mail.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.MessageLayout;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.mime.parse.PartLayout;

/** A message whose octets are at hand, taken apart. Thread-safe. */
public final class ParsedContent implements EmailContent {

  private final Blob message;
  private final MessageLayout layout;
  private final Map<String, PartLayout> byPartId = new HashMap<>();
  private final Map<String, PartLayout> bySection = new HashMap<>();

  /**
   * A message that was parsed.
   *
   * @param message its octets
   * @param layout where its parts are
   */
  public ParsedContent(Blob message, MessageLayout layout) {
    this.message = message;
    this.layout = layout;
    bySection.put("", layout.root());
    layout.all().forEach(this::add);
  }

  /** Parses a message. */
  public static ParsedContent of(Blob message) {
    try (InputStream in = message.open()) {
      return new ParsedContent(message, MessageParser.standard().parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first of a section counts: the message inside of a part has the part's number too. */
  private void add(PartLayout part) {
    bySection.putIfAbsent(part.section(), part);
    part.part().partId().ifPresent(id -> byPartId.putIfAbsent(id, part));
  }

  /** Where the parts are. */
  public MessageLayout layout() {
    return layout;
  }

  /** Where a part is, also one inside an attached message. */
  public Optional<PartLayout> find(String partId) {
    return Optional.ofNullable(byPartId.get(partId));
  }

  @Override
  public Optional<Blob> part(String partId) {
    return find(partId).map(part -> new PartBlob(message, part));
  }

  @Override
  public OptionalLong size(String partId) {
    return find(partId)
        .map(part -> OptionalLong.of(part.decodedSize()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public Optional<HeaderBlock> header(String section) {
    return Optional.ofNullable(bySection.get(section))
        .map(part -> new MessageContent(message).header(part));
  }
}
