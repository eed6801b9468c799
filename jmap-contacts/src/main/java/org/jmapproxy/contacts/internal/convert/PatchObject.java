package org.jmapproxy.contacts.internal.convert;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** PatchObjects inside of a Card (RFC 9553 section 1.4.3). */
final class PatchObject {

  private PatchObject() {}

  /**
   * A patched copy of a card. A patch whose target has no parent is left out: the entry that it was
   * about was removed by someone who does not know of the patch.
   */
  static ObjectNode apply(ObjectNode card, ObjectNode patch) {
    ObjectNode patched = card.deepCopy();
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      apply(patched, entry.getKey(), entry.getValue());
    }
    return patched;
  }

  /** Applies one patch to the card itself; whether that was possible. */
  static boolean apply(ObjectNode card, String pointer, JsonNode value) {
    String[] names = (pointer.startsWith("/") ? pointer.substring(1) : pointer).split("/", -1);
    JsonNode parent = card;
    for (int i = 0; i < names.length - 1; i++) {
      Optional<JsonNode> child = child(parent, Members.unescape(names[i]));
      if (child.isEmpty()) {
        return false;
      }
      parent = child.get();
    }
    return set(parent, Members.unescape(names[names.length - 1]), value);
  }

  private static boolean set(JsonNode parent, String name, JsonNode value) {
    if (parent.isObject()) {
      if (value.isNull()) {
        parent.asObject().remove(name);
      } else {
        parent.asObject().set(name, value.deepCopy());
      }
      return true;
    }
    if (parent.isArray() && child(parent, name).isPresent() && !value.isNull()) {
      ((ArrayNode) parent).set(Integer.parseInt(name), value.deepCopy());
      return true;
    }
    return false;
  }

  private static Optional<JsonNode> child(JsonNode parent, String name) {
    if (parent.isObject()) {
      return Optional.ofNullable(parent.get(name));
    }
    return parent.isArray() && name.matches("0|[1-9][0-9]{0,6}")
        ? Optional.ofNullable(parent.get(Integer.parseInt(name)))
        : Optional.empty();
  }
}
