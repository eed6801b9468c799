package org.jmapproxy.mail.email;

import java.util.List;
import java.util.Optional;
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
 */
record PartJson(Email email, List<String> properties) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static PartJson of(Email email, RenderContext context) {
    return new PartJson(email, context.arguments().get(BodyArguments.BODY_PROPERTIES));
  }

  /** A part and, if asked for, those in it. */
  ObjectNode tree(BodyPart part) {
    ObjectNode json = leaf(part);
    if (properties.contains("subParts")) {
      json.set("subParts", part.isMultipart() ? subParts(part) : NullNode.instance);
    }
    return json;
  }

  /** A part alone. */
  ObjectNode leaf(BodyPart part) {
    ObjectNode json = JSON.objectNode();
    for (String property : properties) {
      if (!property.equals("subParts")) {
        json.set(property, value(property, part));
      }
    }
    return json;
  }

  private ArrayNode subParts(BodyPart part) {
    ArrayNode parts = JSON.arrayNode();
    part.subParts().forEach(child -> parts.add(tree(child)));
    return parts;
  }

  private JsonNode value(String property, BodyPart part) {
    return switch (property) {
      case "partId" -> string(part.partId());
      case "blobId" -> string(part.partId().map(this::blobId));
      case "size" -> JSON.numberNode(part.estimatedDecodedSize());
      case "name" -> string(part.name());
      case "type" -> JSON.stringNode(part.type());
      case "charset" -> string(part.charset());
      case "disposition" -> string(part.disposition());
      case "cid" -> string(part.cid());
      case "language" -> part.language().<JsonNode>map(this::strings).orElse(NullNode.instance);
      case "location" -> string(part.location());
      case "headers" -> headers(part).map(HeaderJson::fields).orElseGet(JSON::arrayNode);
      default -> header(property, part);
    };
  }

  private String blobId(String partId) {
    return new PartBlobId(email.blobId(), partId).toId().value();
  }

  private JsonNode header(String property, BodyPart part) {
    HeaderProperty header = HeaderProperty.parse(property).orElseThrow();
    return headers(part)
        .map(block -> HeaderJson.value(header, block))
        .orElseGet(() -> header.all() ? JSON.arrayNode() : NullNode.instance);
  }

  /** The root part's header is the message's. */
  private Optional<HeaderBlock> headers(BodyPart part) {
    boolean isRoot = email.bodyStructure().equals(Optional.of(part));
    return isRoot ? email.headers() : Optional.empty();
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
