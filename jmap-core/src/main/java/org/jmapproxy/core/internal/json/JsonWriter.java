package org.jmapproxy.core.internal.json;

import java.util.Map;
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
   * The octets of a value. Surrogates that a backend let in without their other half are repaired:
   * no client could read them.
   */
  public static byte[] write(JsonNode value) {
    byte[] written = MAPPER.writeValueAsBytes(value);
    return mayHaveLoneSurrogate(written) ? MAPPER.writeValueAsBytes(repaired(value)) : written;
  }

  /** The mapper escapes a lone surrogate, and no other character above U+001F that way. */
  private static boolean mayHaveLoneSurrogate(byte[] written) {
    for (int i = 0; i < written.length - 3; i++) {
      if (written[i] == '\\' && written[i + 1] == 'u' && written[i + 2] == 'D') {
        return true;
      }
    }
    return false;
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
