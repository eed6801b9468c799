package org.jmapproxy.contacts.internal.convert;

import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSPROP: a property of JSContact that vCard has no other place for (RFC 9555 section 3.2.1). */
final class JsonProperty {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(100).build())
                  .build())
          .build();

  private JsonProperty() {}

  static String slot(ContentLine line) {
    return "jsprop " + pointer(line).orElse("");
  }

  private static Optional<String> pointer(ContentLine line) {
    return line.parameters()
        .first("JSPTR")
        .map(text -> text.startsWith("/") ? text.substring(1) : text)
        .filter(text -> !text.isEmpty());
  }

  /** Applies a line; one that is no JSON, or whose target has gone, changes nothing. */
  static void apply(ContentLine line, ObjectNode card) {
    Optional<String> pointer = pointer(line);
    if (pointer.isEmpty()) {
      return;
    }
    try {
      JsonNode value = MAPPER.readTree(Text.unescape(line.value()));
      if (!value.isMissingNode()) {
        PatchObject.apply(card, pointer.get(), value);
      }
    } catch (JacksonException e) {
      // Whoever wrote this line meant something that cannot be known; the rest of the card stands.
      return;
    }
  }

  static SlotLine write(String pointer, JsonNode value) {
    ContentLine line =
        new LineDraft("JSPROP")
            .set("JSPTR", pointer)
            .value(Text.escape(MAPPER.writeValueAsString(value)))
            .line();
    return new SlotLine("jsprop " + pointer, line);
  }
}
