package org.jmapproxy.core.internal.json;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes JSON compactly in UTF-8. */
public final class JsonWriter {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private JsonWriter() {}

  /**
   * The octets of a value. Text that cannot be written as UTF-8, because a backend let a lone
   * surrogate in, is repaired rather than failing the whole document.
   */
  public static byte[] write(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      return MAPPER.writeValueAsBytes(repaired(value));
    }
  }

  private static JsonNode repaired(JsonNode value) {
    if (value instanceof StringNode text) {
      return StringNode.valueOf(UnicodeScalars.repaired(text.stringValue()));
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(repaired(item)));
      return copy;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        copy.set(UnicodeScalars.repaired(member.getKey()), repaired(member.getValue()));
      }
      return copy;
    }
    return value;
  }
}
