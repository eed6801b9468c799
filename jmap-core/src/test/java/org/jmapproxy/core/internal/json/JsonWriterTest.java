package org.jmapproxy.core.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonWriterTest {

  @Test
  void textOfAllPlanesIsWrittenAsUtf8() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("ä", "€😀\u0001\"");

    assertThat(written(json)).isEqualTo("{\"ä\":\"€😀\\u0001\\\"\"}");
  }

  @Test
  void loneSurrogateCostsItsCharacterAndNotTheDocument() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("list").add("a\ud800b").add("fine");
    json.put("\udc00", 1);

    assertThat(written(json)).isEqualTo("{\"list\":[\"a\ufffdb\",\"fine\"],\"\ufffd\":1}");
  }

  private static String written(ObjectNode json) {
    return new String(JsonWriter.write(json), StandardCharsets.UTF_8);
  }
}
