package org.jmapproxy.mail.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.mime.parse.BodyText;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The property {@code bodyValues}: the text of the parts that were asked for. A part that cannot be
 * found is left out; one that cannot be read now, while other Emails of the call can, is there,
 * empty and truncated.
 */
final class BodyValues {

  /** More of a part is never shown, whatever the client asks for. */
  private static final int MOST_OCTETS = 16 << 20;

  private BodyValues() {}

  static ObjectNode of(Email email, RenderContext context) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    EmailContent content = EmailContents.of(email, context);
    wanted(email, context.arguments())
        .forEach(
            (partId, part) ->
                read(content, partId)
                    .ifPresent(octets -> values.set(partId, value(part, octets, context))));
    return values;
  }

  /** The parts whose text is asked for, by number. */
  static Map<String, BodyPart> wanted(Email email, Arguments arguments) {
    Map<String, BodyPart> wanted = new LinkedHashMap<>();
    email
        .bodyStructure()
        .ifPresent(
            root -> {
              MessageBody body = MessageBody.of(root);
              if (arguments.get(BodyArguments.FETCH_TEXT_BODY_VALUES)) {
                add(body.textBody(), wanted);
              }
              if (arguments.get(BodyArguments.FETCH_HTML_BODY_VALUES)) {
                add(body.htmlBody(), wanted);
              }
              if (arguments.get(BodyArguments.FETCH_ALL_BODY_VALUES)) {
                addAll(List.of(root), wanted);
              }
            });
    return wanted;
  }

  private static void add(List<BodyPart> parts, Map<String, BodyPart> wanted) {
    parts.stream()
        .filter(BodyPart::isText)
        .forEach(part -> part.partId().ifPresent(id -> wanted.put(id, part)));
  }

  private static void addAll(List<BodyPart> parts, Map<String, BodyPart> wanted) {
    add(parts, wanted);
    parts.forEach(part -> addAll(part.subParts(), wanted));
  }

  private static ObjectNode value(BodyPart part, Octets read, RenderContext context) {
    long limit = context.arguments().get(BodyArguments.MAX_BODY_VALUE_BYTES);
    BodyText text = BodyText.of(part, read.octets(), read.whole(), limit);
    return JsonNodeFactory.instance
        .objectNode()
        .put("value", text.text())
        .put("isEncodingProblem", text.encodingProblem())
        .put("isTruncated", text.truncated());
  }

  private static Optional<Octets> read(EmailContent content, String partId) {
    try {
      return content.part(partId).map(BodyValues::read);
    } catch (BackendException e) {
      if (content.missing().isEmpty()) {
        throw e;
      }
      return Optional.of(new Octets(new byte[0], false));
    }
  }

  private static Octets read(Blob blob) {
    try (InputStream in = blob.open()) {
      byte[] octets = in.readNBytes(MOST_OCTETS + 1);
      return new Octets(octets, octets.length <= MOST_OCTETS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of a part, or the beginning of it. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  private record Octets(byte[] octets, boolean whole) {}
}
