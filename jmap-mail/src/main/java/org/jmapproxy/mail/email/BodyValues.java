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
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.mime.parse.BodyText;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The property {@code bodyValues}: the text of the parts that were asked for, read as blobs (see
 * {@link PartBlobId}). A part whose blob cannot be found is left out.
 */
final class BodyValues {

  /** More of a part is never shown, whatever the client asks for. */
  private static final int MOST_OCTETS = 16 << 20;

  private BodyValues() {}

  static ObjectNode of(Email email, RenderContext context) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    Optional<BlobRole> blobs = context.roles().find(BlobRole.ROLE);
    if (blobs.isPresent()) {
      wanted(email, context.arguments())
          .forEach(
              (partId, part) ->
                  PartBlobId.of(email.blobId(), partId)
                      .flatMap(id -> blobs.get().find(context.call(), id))
                      .ifPresent(blob -> values.set(partId, value(part, blob, context))));
    }
    return values;
  }

  private static Map<String, BodyPart> wanted(Email email, Arguments arguments) {
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

  private static ObjectNode value(BodyPart part, Blob blob, RenderContext context) {
    byte[] octets = read(blob);
    boolean whole = octets.length <= MOST_OCTETS;
    long limit = context.arguments().get(BodyArguments.MAX_BODY_VALUE_BYTES);
    BodyText text = BodyText.of(part, octets, whole, limit);
    return JsonNodeFactory.instance
        .objectNode()
        .put("value", text.text())
        .put("isEncodingProblem", text.encodingProblem())
        .put("isTruncated", text.truncated());
  }

  private static byte[] read(Blob blob) {
    try (InputStream in = blob.open()) {
      return in.readNBytes(MOST_OCTETS + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
