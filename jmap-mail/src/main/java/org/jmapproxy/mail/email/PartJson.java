package org.jmapproxy.mail.email;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.HeaderProperty;
import org.jmapproxy.mail.mime.BodyPart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes EmailBodyPart objects with the properties asked for.
 *
 * @param email whose parts they are
 * @param properties the names, in the order of the answer
 * @param content what must be read out of the message
 */
record PartJson(Email email, List<String> properties, EmailContent content) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static PartJson of(Email email, RenderContext context) {
    return new PartJson(
        email,
        context.arguments().get(BodyArguments.BODY_PROPERTIES),
        EmailContents.of(email, context));
  }

  /** The root part and, if asked for, those in it. */
  ObjectNode tree(BodyPart root) {
    return tree(root, "");
  }

  private ObjectNode tree(BodyPart part, String section) {
    ObjectNode json = members(part, section);
    if (properties.contains("subParts")) {
      json.set("subParts", part.isMultipart() ? subParts(part, section) : NullNode.instance);
    }
    return json;
  }

  private ArrayNode subParts(BodyPart part, String section) {
    String prefix = section.isEmpty() ? "" : section + ".";
    ArrayNode parts = JSON.arrayNode();
    for (int i = 0; i < part.subParts().size(); i++) {
      parts.add(tree(part.subParts().get(i), prefix + (i + 1)));
    }
    return parts;
  }

  /** A part that is not multipart. */
  ObjectNode leaf(BodyPart part) {
    return members(part, part.partId().orElse(""));
  }

  private ObjectNode members(BodyPart part, String section) {
    ObjectNode json = JSON.objectNode();
    for (String property : properties) {
      if (!property.equals("subParts")) {
        json.set(property, value(property, part, section));
      }
    }
    return json;
  }

  private JsonNode value(String property, BodyPart part, String section) {
    return switch (property) {
      case "partId" -> string(part.partId());
      case "blobId" -> string(part.partId().flatMap(this::blobId));
      case "size" -> JSON.numberNode(size(part));
      case "name" -> string(part.name());
      case "type" -> JSON.stringNode(part.type());
      case "charset" -> string(part.charset());
      case "disposition" -> string(part.disposition());
      case "cid" -> string(part.cid());
      case "language" -> part.language().<JsonNode>map(this::strings).orElse(NullNode.instance);
      case "location" -> string(part.location());
      case "headers" -> header(section).map(HeaderJson::fields).orElseGet(JSON::arrayNode);
      default -> header(property, section);
    };
  }

  /** As many octets as the part's blob has; an estimate only while the message is out of reach. */
  private long size(BodyPart part) {
    return part.decodedSize()
        .orElseGet(
            () ->
                part.partId()
                    .map(content::size)
                    .orElse(OptionalLong.empty())
                    .orElseGet(part::estimatedDecodedSize));
  }

  private Optional<HeaderBlock> header(String section) {
    return section.isEmpty() && email.headers().isPresent()
        ? email.headers()
        : content.header(section);
  }

  private Optional<String> blobId(String partId) {
    return PartBlobId.of(email.blobId(), partId).map(Id::value);
  }

  private JsonNode header(String property, String section) {
    HeaderProperty header = HeaderProperty.parse(property).orElseThrow();
    return header(section)
        .map(block -> HeaderJson.value(header, block))
        .orElseGet(() -> header.all() ? JSON.arrayNode() : NullNode.instance);
  }

  private ArrayNode strings(List<String> values) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(array::add);
    return array;
  }

  private static JsonNode string(Optional<String> value) {
    return value.<JsonNode>map(JSON::stringNode).orElse(NullNode.instance);
  }
}
