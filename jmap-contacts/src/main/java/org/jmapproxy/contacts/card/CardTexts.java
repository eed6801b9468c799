package org.jmapproxy.contacts.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The texts of a Card that filters and sorts look at. */
public final class CardTexts {

  /** They hold no text for people. */
  private static final Set<String> NO_TEXT =
      Set.of(
          "@type",
          "blobId",
          "created",
          "kind",
          "mediaType",
          "uid",
          "updated",
          "vCardName",
          "vCardParams",
          "vCardProps",
          "version");

  private CardTexts() {}

  /** The components of the name and the full name. */
  public static List<String> name(ObjectNode card) {
    List<String> texts = new ArrayList<>();
    add(texts, card.path("name").path("full"));
    card.path("name").path("components").forEach(c -> add(texts, c.path("value")));
    return texts;
  }

  /** The components of the name that are of a kind. */
  public static List<String> nameComponents(ObjectNode card, String kind) {
    List<String> texts = new ArrayList<>();
    for (JsonNode component : card.path("name").path("components")) {
      if (component.path("kind").asString("").equals(kind)) {
        add(texts, component.path("value"));
      }
    }
    return texts;
  }

  /** Members of all entries of a map. */
  public static List<String> entries(ObjectNode card, String map, String... members) {
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : card.path(map)) {
      for (String member : members) {
        add(texts, entry.path(member));
      }
    }
    return texts;
  }

  /** The components of all addresses and the full addresses. */
  public static List<String> addresses(ObjectNode card) {
    List<String> texts = entries(card, "addresses", "full");
    for (JsonNode address : card.path("addresses")) {
      address.path("components").forEach(c -> add(texts, c.path("value")));
    }
    return texts;
  }

  /** All texts, keywords included, and what {@code data:} URIs hold excluded. */
  public static List<String> all(ObjectNode card) {
    List<String> texts = new ArrayList<>();
    collect(card, texts);
    texts.addAll(
        card.path("keywords").isObject() ? card.path("keywords").propertyNames() : List.of());
    return texts;
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!NO_TEXT.contains(entry.getKey())) {
          collect(entry.getValue(), texts);
        }
      }
    } else if (node.isArray()) {
      node.forEach(item -> collect(item, texts));
    } else if (node.isString() && !node.stringValue().startsWith("data:")) {
      texts.add(node.stringValue());
    }
  }

  private static void add(List<String> texts, JsonNode value) {
    Optional.of(value).filter(JsonNode::isString).ifPresent(v -> texts.add(v.stringValue()));
  }
}
