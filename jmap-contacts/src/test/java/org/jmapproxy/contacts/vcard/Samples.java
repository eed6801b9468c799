package org.jmapproxy.contacts.vcard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Cards and vCards for tests. */
final class Samples {

  private Samples() {}

  /** A resource beside the tests; its lines end in CRLF, as those of vCards do. */
  static String file(String name) {
    try (InputStream stream = Samples.class.getResourceAsStream(name)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.replace("\r\n", "\n").replace("\n", "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A vCard with these lines. */
  static String vCard(String version, String lines) {
    String text = "BEGIN:VCARD\nVERSION:" + version + "\n" + lines.strip() + "\nEND:VCARD\n";
    return text.replace("\n", "\r\n");
  }

  /** JSON in which single quotes stand for double quotes. */
  static ObjectNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"')).asObject();
  }

  /** The same where maps whose keys are chosen freely are arrays of their values. */
  static JsonNode withoutKeys(JsonNode node) {
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        boolean map =
            entry.getValue().isObject()
                && !entry.getValue().isEmpty()
                && entry.getValue().valueStream().allMatch(JsonNode::isObject)
                && !entry.getKey().equals("relatedTo")
                && !entry.getKey().equals("localizations");
        copy.set(entry.getKey(), map ? values(entry.getValue()) : withoutKeys(entry.getValue()));
      }
      return copy;
    }
    return node;
  }

  private static ArrayNode values(JsonNode map) {
    List<JsonNode> values = new ArrayList<>();
    map.forEach(value -> values.add(withoutKeys(value)));
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }
}
