package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A vCard while a Card is written to it. */
final class Writing {

  private final ObjectNode card;
  private final VCardVersion version;
  private final Map<String, ObjectNode> localized = new LinkedHashMap<>();
  private final List<SlotLine> lines = new ArrayList<>();
  private final Set<String> usedGroups = new HashSet<>();
  private final Set<String> usedAltIds = new HashSet<>();
  private final Map<String, String> groups = new HashMap<>();
  private final Map<String, String> altIds = new HashMap<>();

  Writing(ObjectNode card, VCardVersion version) {
    this.card = card;
    this.version = version;
    collectUsed(card);
    card.path("localizations")
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                localized.put(entry.getKey(), PatchObject.apply(card, entry.getValue().asObject()));
              }
            });
  }

  ObjectNode card() {
    return card;
  }

  VCardVersion version() {
    return version;
  }

  boolean isVersion3() {
    return version == VCardVersion.V3_0;
  }

  List<SlotLine> lines() {
    return lines;
  }

  void add(String slot, ContentLine line) {
    lines.add(new SlotLine(slot, line));
  }

  /** The objects at a slot in other languages than the card's, if they differ there. */
  Map<String, ObjectNode> localized(String slot) {
    Map<String, ObjectNode> found = new LinkedHashMap<>();
    Optional<ObjectNode> main = Members.at(card, slot);
    localized.forEach(
        (language, whole) ->
            Members.at(whole, slot)
                .filter(object -> !Optional.of(object).equals(main))
                .ifPresent(object -> found.put(language, object)));
    return found;
  }

  /** The group of a slot: that of the entry, else a new one. */
  String group(String slot, ObjectNode entry) {
    return groups.computeIfAbsent(slot, s -> LineDraft.groupOf(entry).orElseGet(this::newGroup));
  }

  /** The group of a slot, if it has one. */
  Optional<String> knownGroup(String slot, ObjectNode entry) {
    return Optional.ofNullable(groups.get(slot)).or(() -> LineDraft.groupOf(entry));
  }

  private String newGroup() {
    int number = 1;
    while (!usedGroups.add("item" + number)) {
      number++;
    }
    return "item" + number;
  }

  /** The ALTID of a property at a slot: that of the entry, else a new one. */
  String altId(String property, String slot, ObjectNode entry) {
    return altIds.computeIfAbsent(
        property + " " + slot,
        key ->
            Members.object(entry, "vCardParams")
                .flatMap(kept -> Members.string(kept, "altid"))
                .filter(id -> !id.isEmpty())
                .orElseGet(this::newAltId));
  }

  private String newAltId() {
    int number = 1;
    while (!usedAltIds.add(String.valueOf(number))) {
      number++;
    }
    return String.valueOf(number);
  }

  private void collectUsed(JsonNode node) {
    if (node.isObject()) {
      Members.object(node.asObject(), "vCardParams").ifPresent(this::collectParameters);
    }
    JsonNode properties = node.path("vCardProps");
    for (JsonNode property : properties.isArray() ? properties : Members.JSON.arrayNode()) {
      if (property.path(1).isObject()) {
        collectParameters(property.path(1).asObject());
      }
    }
    for (JsonNode child : node) {
      if (child.isContainer()) {
        collectUsed(child);
      }
    }
  }

  private void collectParameters(ObjectNode kept) {
    Members.string(kept, "group")
        .ifPresent(group -> usedGroups.add(group.toLowerCase(Locale.ROOT)));
    Members.string(kept, "altid").ifPresent(usedAltIds::add);
  }
}
