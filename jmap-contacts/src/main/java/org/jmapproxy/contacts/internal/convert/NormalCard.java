package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A Card without what goes without saying: defaults, empty maps, types that the place implies. */
final class NormalCard {

  /** The values of maps and properties have one type each, except for dates. */
  private static final Set<String> IMPLIED =
      Set.of(
          "Address",
          "AddressComponent",
          "Anniversary",
          "Author",
          "Calendar",
          "CryptoKey",
          "Directory",
          "EmailAddress",
          "LanguagePref",
          "Link",
          "Media",
          "Name",
          "NameComponent",
          "Nickname",
          "Note",
          "OnlineService",
          "OrgUnit",
          "Organization",
          "PartialDate",
          "PersonalInfo",
          "Phone",
          "Pronouns",
          "Relation",
          "SchedulingAddress",
          "SpeakToAs",
          "Title");

  private NormalCard() {}

  static ObjectNode of(ObjectNode card) {
    ObjectNode normal = card.deepCopy();
    for (Map.Entry<String, JsonNode> member : List.copyOf(card.properties())) {
      boolean open = member.getKey().startsWith("vCard") || member.getKey().contains(":");
      if (!open && !member.getKey().equals("localizations")) {
        simplify(normal.path(member.getKey()));
      }
      if (member.getValue().isObject() && member.getValue().isEmpty() && !open) {
        normal.remove(member.getKey());
      }
    }
    if (normal.path("kind").asString("").equals("individual")) {
      normal.remove("kind");
    }
    for (JsonNode title : normal.path("titles")) {
      removeIf(title, "kind", "title");
    }
    for (JsonNode related : normal.path("relatedTo")) {
      if (related.path("relation").isObject() && related.path("relation").isEmpty()) {
        related.asObject().remove("relation");
      }
    }
    withoutOrder(normal.path("name"), ComponentTable.NAME);
    for (JsonNode address : normal.path("addresses")) {
      withoutOrder(address, ComponentTable.ADDRESS);
    }
    return normal;
  }

  private static void simplify(JsonNode node) {
    if (node.isObject() && IMPLIED.contains(node.path("@type").asString(""))) {
      node.asObject().remove("@type");
    }
    for (JsonNode child : node) {
      if (child.isContainer()) {
        simplify(child);
      }
    }
  }

  private static void removeIf(JsonNode object, String name, String value) {
    if (object.isObject() && object.path(name).asString("").equals(value)) {
      object.asObject().remove(name);
    }
  }

  /** Components without an order are put into that of the vCard property. */
  private static void withoutOrder(JsonNode node, ComponentTable table) {
    if (!node.isObject() || node.path("isOrdered").asBoolean(false)) {
      return;
    }
    if (node.path("isOrdered").isBoolean()) {
      node.asObject().remove("isOrdered");
    }
    if (node.path("components").isArray()) {
      List<JsonNode> sorted = new ArrayList<>(node.path("components").valueStream().toList());
      sorted.sort(Comparator.comparingInt(c -> table.position(c.path("kind").asString(""), false)));
      ArrayNode components = node.asObject().putArray("components");
      sorted.forEach(components::add);
    }
  }
}
