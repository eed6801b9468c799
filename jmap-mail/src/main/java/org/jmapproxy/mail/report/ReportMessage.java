package org.jmapproxy.mail.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mime.HtmlText;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.MessageLayout;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.mime.parse.PartLayout;

/**
 * A multipart/report (RFC 6522): a text for people, fields for programs, and perhaps the message
 * that it is about. Reads lazily; not thread-safe.
 */
public final class ReportMessage {

  private static final int MOST_FIELD_OCTETS = 1 << 18;
  private static final int MOST_GROUPS = 1000;
  private static final int MOST_TEXT = 1 << 20;
  private static final int MOST_ORIGINAL_HEADER = 1 << 18;

  private final MessageContent content;
  private final PartLayout root;
  private final PartLayout machine;

  private ReportMessage(MessageContent content, PartLayout root, PartLayout machine) {
    this.content = content;
    this.root = root;
    this.machine = machine;
  }

  /**
   * Reads a message.
   *
   * @param message a whole message
   * @param types media types of the part for programs, in lower case
   * @return empty when it is no report of such a type
   */
  public static Optional<ReportMessage> of(Blob message, Set<String> types) {
    MessageLayout layout = parsed(message);
    if (!layout.structure().type().equals("multipart/report")) {
      return Optional.empty();
    }
    return layout.root().parts().stream()
        .filter(part -> types.contains(part.part().type()))
        .findFirst()
        .map(machine -> new ReportMessage(new MessageContent(message), layout.root(), machine));
  }

  private static MessageLayout parsed(Blob message) {
    try (InputStream in = message.open()) {
      return MessageParser.standard().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The header of the report itself. */
  public HeaderBlock header() {
    return content.header(root);
  }

  /** What the report says to people, of a long text the beginning; empty if there is no text. */
  public Optional<String> text() {
    PartLayout first = root.parts().get(0);
    return first.equals(machine) ? Optional.empty() : text(first);
  }

  private Optional<String> text(PartLayout part) {
    Optional<PartLayout> plain = textOf(part, "text/plain");
    return plain.isPresent()
        ? plain.map(found -> content.text(found, MOST_TEXT).text())
        : textOf(part, "text/html")
            .map(found -> HtmlText.of(content.text(found, MOST_TEXT).text()).strip());
  }

  private static Optional<PartLayout> textOf(PartLayout part, String type) {
    return part.all().filter(one -> one.part().type().equals(type)).findFirst();
  }

  /** The fields for programs, in the groups that empty lines make (RFC 3464 section 2.1). */
  public List<HeaderBlock> fields() {
    List<HeaderBlock> groups = new ArrayList<>();
    ByteArrayOutputStream group = new ByteArrayOutputStream();
    int lineLength = 0;
    for (byte octet : octets(content.decoded(machine), MOST_FIELD_OCTETS)) {
      group.write(octet);
      if (octet == '\n') {
        if (lineLength == 0) {
          end(group, groups);
        }
        lineLength = 0;
      } else if (octet != '\r') {
        lineLength++;
      }
    }
    end(group, groups);
    return groups;
  }

  private static void end(ByteArrayOutputStream group, List<HeaderBlock> groups) {
    HeaderBlock block = HeaderBlock.of(group.toByteArray());
    if (groups.size() < MOST_GROUPS && !block.fields().isEmpty()) {
      groups.add(block);
    }
    group.reset();
  }

  /** Whether the message that it is about is attached, whole. */
  public boolean hasOriginalMessage() {
    return original().filter(ReportMessage::isMessage).isPresent();
  }

  /** The header of the message that it is about, if any of it is attached. */
  public Optional<HeaderBlock> originalHeader() {
    return original()
        .map(part -> HeaderBlock.of(octets(content.decoded(part), MOST_ORIGINAL_HEADER)));
  }

  private Optional<PartLayout> original() {
    return root.parts().stream()
        .filter(part -> !part.equals(machine) && (isMessage(part) || isHeader(part)))
        .findFirst();
  }

  private static boolean isMessage(PartLayout part) {
    return Set.of("message/rfc822", "message/global").contains(part.part().type());
  }

  private static boolean isHeader(PartLayout part) {
    return Set.of("text/rfc822-headers", "message/global-headers").contains(part.part().type());
  }

  private static byte[] octets(InputStream stream, int most) {
    try (stream) {
      return stream.readNBytes(most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
