package org.jmapproxy.core.internal.standard;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Compares JSON values as JSON does: 1 and 1.0 are the same number. */
final class SameJson {

  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
          return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
      };

  private SameJson() {}

  static boolean same(JsonNode a, JsonNode b) {
    return a.equals(BY_VALUE, b);
  }
}
