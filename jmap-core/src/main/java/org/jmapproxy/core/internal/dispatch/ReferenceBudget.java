package org.jmapproxy.core.internal.dispatch;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the result references of a request may cost together: values looked at, and copies made. Not
 * thread-safe.
 */
final class ReferenceBudget {

  /** What a value costs beside its text, about as many octets as it takes in memory. */
  private static final int VALUE = 16;

  private long left;

  /**
   * A budget.
   *
   * @param size in characters of text, with a fixed amount for each value
   */
  ReferenceBudget(long size) {
    left = size;
  }

  /** Pays for looking at so many values; false when the budget is used up. */
  boolean look(int values) {
    left -= (long) VALUE * values;
    return left >= 0;
  }

  /** A copy that shares nothing changeable with the original; empty when it is too large. */
  Optional<JsonNode> copy(JsonNode original) {
    JsonNode copy = walk(original);
    return left < 0 ? Optional.empty() : Optional.of(copy);
  }

  private JsonNode walk(JsonNode original) {
    left -= VALUE;
    if (original instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < array.size() && left >= 0; i++) {
        copy.add(walk(array.get(i)));
      }
      return copy;
    }
    if (original instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (left < 0) {
          break;
        }
        left -= member.getKey().length();
        copy.set(member.getKey(), walk(member.getValue()));
      }
      return copy;
    }
    if (original.isString()) {
      left -= original.stringValue().length();
    }
    return original;
  }
}
