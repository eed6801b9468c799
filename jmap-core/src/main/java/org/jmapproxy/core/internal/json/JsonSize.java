package org.jmapproxy.core.internal.json;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How many octets a value takes on the wire, about: never fewer than it does. */
public final class JsonSize {

  private static final int LONGEST_NUMBER = 26;

  private JsonSize() {}

  /** Adds up without writing. */
  public static long atMost(JsonNode value) {
    long size = 0;
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        size += text(member.getKey()) + 2 + atMost(member.getValue());
      }
      return size + 2;
    }
    if (value.isArray()) {
      for (JsonNode item : value) {
        size += atMost(item) + 1;
      }
      return size + 2;
    }
    if (value.isString()) {
      return text(value.stringValue());
    }
    return value.isBigInteger() ? value.asString().length() : LONGEST_NUMBER;
  }

  /** With quotes and escapes. */
  public static long text(String text) {
    long size = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || Character.isSurrogate(c)) {
        size += 6;
      } else if (c == '"' || c == '\\') {
        size += 2;
      } else {
        size += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return size;
  }
}
