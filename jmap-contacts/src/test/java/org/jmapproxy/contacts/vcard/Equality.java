package org.jmapproxy.contacts.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cards that mean the same: defaults, and what vCard has added, apart. */
final class Equality {

  private Equality() {}

  static void assertSame(ObjectNode found, ObjectNode wanted, String hint) {
    JsonNode one = normal(found);
    JsonNode other = normal(wanted);
    assertThat(one).as(() -> difference("", one, other) + "\n" + hint).isEqualTo(other);
  }

  private static String difference(String path, JsonNode found, JsonNode wanted) {
    if (found.isObject() && wanted.isObject()) {
      Set<String> names = new LinkedHashSet<>(found.propertyNames());
      names.addAll(wanted.propertyNames());
      for (String name : names) {
        if (!found.path(name).equals(wanted.path(name))) {
          return difference(path + "/" + name, found.path(name), wanted.path(name));
        }
      }
    }
    return path + " is " + found + " but should be " + wanted;
  }

  private static ObjectNode normal(ObjectNode card) {
    ObjectNode copy = card.deepCopy();
    clean(copy);
    for (JsonNode patch : copy.path("localizations")) {
      expand(patch.asObject(), copy);
    }
    copy.remove(List.of("@type", "version"));
    if (copy.path("kind").asString("").equals("individual")) {
      copy.remove("kind");
    }
    for (JsonNode title : copy.path("titles")) {
      if (title.path("kind").asString("").equals("title")) {
        title.asObject().remove("kind");
      }
    }
    return copy;
  }

  /** Patches of whole objects are told member by member. */
  private static void expand(ObjectNode patch, ObjectNode card) {
    for (Map.Entry<String, JsonNode> entry : List.copyOf(patch.properties())) {
      JsonNode main = card.at("/" + entry.getKey());
      if (entry.getValue().isObject() && main.isObject()) {
        patch.remove(entry.getKey());
        main.propertyNames().forEach(name -> patch.putNull(entry.getKey() + "/" + name));
        entry
            .getValue()
            .properties()
            .forEach(
                member -> patch.set(entry.getKey() + "/" + member.getKey(), member.getValue()));
      }
    }
    patch.properties().removeIf(entry -> entry.getValue().equals(card.at("/" + entry.getKey())));
  }

  private static void clean(JsonNode node) {
    if (node.isObject()) {
      node.asObject().remove(List.of("vCardProps", "vCardParams", "vCardName"));
      if (node.path("isOrdered").isBoolean() && !node.path("isOrdered").booleanValue()) {
        node.asObject().remove("isOrdered");
      }
      if (node.path("components").isArray() && !node.has("isOrdered")) {
        sort(node.asObject());
      }
      for (Map.Entry<String, JsonNode> entry : List.copyOf(node.properties())) {
        if (entry.getValue().isObject() && entry.getValue().isEmpty()) {
          node.asObject().remove(entry.getKey());
        }
      }
    }
    node.forEach(Equality::clean);
  }

  /** Components that are not ordered may come in any order, but for those of a kind. */
  private static void sort(ObjectNode object) {
    List<JsonNode> sorted = new ArrayList<>();
    object.path("components").forEach(sorted::add);
    sorted.sort(Comparator.comparing(component -> component.path("kind").asString("")));
    ArrayNode components = object.putArray("components");
    sorted.forEach(components::add);
  }
}
