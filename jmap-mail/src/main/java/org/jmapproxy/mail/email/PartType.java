package org.jmapproxy.mail.email;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.json.JsonPath;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.mail.header.HeaderProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The type EmailBodyPart (RFC 8621 section 4.1.4) as clients may give it. */
final class PartType implements JsonType {

  static final JsonType PART = new PartType();

  private static final JsonType TEXT = JsonType.STRING.orNull();

  private static final Map<String, JsonType> MEMBERS =
      Map.ofEntries(
          Map.entry("partId", TEXT),
          Map.entry("blobId", JsonType.ID.orNull()),
          Map.entry("size", JsonType.UNSIGNED_INT.orNull()),
          Map.entry("name", TEXT),
          Map.entry("type", JsonType.STRING),
          Map.entry("charset", TEXT),
          Map.entry("disposition", TEXT),
          Map.entry("cid", TEXT),
          Map.entry("language", JsonType.listOf(JsonType.STRING).orNull()),
          Map.entry("location", TEXT),
          Map.entry("subParts", JsonType.listOf(PART).orNull()));

  private PartType() {}

  @Override
  public Optional<String> problem(JsonNode value) {
    if (!value.isObject()) {
      return Optional.of("must be an object");
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      Optional<String> problem =
          type(member.getKey())
              .map(type -> type.problem(member.getValue()))
              .orElse(Optional.of("is not known"));
      if (problem.isPresent()) {
        return Optional.of("/" + JsonPath.escape(member.getKey()) + " " + problem.get());
      }
    }
    return Optional.empty();
  }

  @Override
  public JsonNode mapIds(JsonNode value, UnaryOperator<String> resolver) {
    if (!value.isObject()) {
      return value;
    }
    ObjectNode mapped = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonType type = type(member.getKey()).orElse(JsonType.ANY);
      mapped.set(member.getKey(), type.mapIds(member.getValue(), resolver));
    }
    return mapped;
  }

  private static Optional<JsonType> type(String name) {
    return Optional.ofNullable(MEMBERS.get(name))
        .or(() -> HeaderProperty.parse(name).map(HeaderJson::type));
  }
}
