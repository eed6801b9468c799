package org.jmapproxy.contacts.internal.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the entries of one map, each with what stands beside it. */
final class EntryWriter {

  private static final Map<String, List<EntryRule>> RULES = byMap();

  private final String map;
  private final Writing writing;

  private EntryWriter(String map, Writing writing) {
    this.map = map;
    this.writing = writing;
  }

  /** Writes all maps. */
  static void writeAll(Writing writing) {
    RULES.keySet().forEach(map -> new EntryWriter(map, writing).write());
  }

  private static Map<String, List<EntryRule>> byMap() {
    Map<String, List<EntryRule>> rules = new LinkedHashMap<>();
    EntryRules.ALL.forEach(
        rule -> rules.computeIfAbsent(rule.map(), map -> new java.util.ArrayList<>()).add(rule));
    return rules;
  }

  private void write() {
    Optional<ObjectNode> entries = Members.at(writing.card(), map);
    if (entries.isEmpty()) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : entries.get().properties()) {
      if (entry.getValue().isObject() && entry.getKey().matches("[A-Za-z0-9_-]{1,255}")) {
        write(entry.getKey(), entry.getValue().asObject());
      }
    }
  }

  private void write(String id, ObjectNode entry) {
    Optional<LineDraft> line = line(entry);
    if (line.isEmpty()) {
      return;
    }
    String slot = map + "/" + id;
    Map<String, ObjectNode> localized = writing.localized(slot);
    Optional<String> group = group(id, slot, entry);
    ContentLine main =
        altId(slot, entry, localized, line.get()).group(group).set("PROP-ID", id).line();
    writing.add(slot, main);
    writeBeside(slot, id, entry, main);
    localized.forEach(
        (language, other) ->
            line(other)
                .filter(draft -> draft.line().name().equals(main.name()))
                .filter(draft -> !PhoneticLines.isPhonetic(other) || !onlyPhonetic(entry, other))
                .ifPresent(
                    draft ->
                        writing.add(
                            slot + "@" + language,
                            draft
                                .set("ALTID", writing.altId(main.name(), slot, entry))
                                .set("LANGUAGE", language)
                                .group(Optional.empty())
                                .line())));
    if (map.equals("addresses")) {
      PhoneticLines.write("ADR", slot, entry, AddressValue.COMPONENTS, writing);
      localized.forEach(
          (language, other) ->
              PhoneticLines.writeLocalized(
                  "ADR", slot, language, entry, other, AddressValue.COMPONENTS, writing));
    }
  }

  private static boolean onlyPhonetic(ObjectNode entry, ObjectNode other) {
    return PhoneticLines.sameValues(entry, other) && entry.path("full").equals(other.path("full"));
  }

  private LineDraft altId(
      String slot, ObjectNode entry, Map<String, ObjectNode> localized, LineDraft line) {
    return localized.isEmpty() && !PhoneticLines.isPhonetic(entry)
        ? line
        : line.set("ALTID", writing.altId(line.line().name(), slot, entry));
  }

  /** The property that an entry came from, else the first that it can be written as. */
  private Optional<LineDraft> line(ObjectNode entry) {
    List<EntryRule> rules = RULES.getOrDefault(map, List.of());
    String cameFrom = Members.string(entry, "vCardName").orElse("").toUpperCase(Locale.ROOT);
    Optional<LineDraft> line =
        rules.stream()
            .filter(rule -> rule.name().equals(cameFrom))
            .findFirst()
            .flatMap(rule -> rule.line(entry, writing.version()));
    if (line.isEmpty() && map.equals("onlineServices") && writing.isVersion3()) {
      line = line(entry, "X-SOCIALPROFILE");
    }
    if (line.isPresent()) {
      return line;
    }
    for (EntryRule rule : rules) {
      Optional<LineDraft> canonical =
          rule.isAlias() ? Optional.empty() : rule.line(entry, writing.version());
      if (canonical.isPresent()) {
        return canonical;
      }
    }
    return Optional.empty();
  }

  private Optional<LineDraft> line(ObjectNode entry, String name) {
    return RULES.getOrDefault(map, List.of()).stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .flatMap(rule -> rule.line(entry, writing.version()));
  }

  private Optional<String> group(String id, String slot, ObjectNode entry) {
    if (map.equals("titles")) {
      return Titles.group(entry, writing);
    }
    boolean needed =
        isLabelled(entry)
            || (map.equals("organizations") && Titles.isReferredTo(id, writing.card()))
            || (map.equals("addresses") && hasAppleCountry(entry));
    return needed ? Optional.of(writing.group(slot, entry)) : LineDraft.groupOf(entry);
  }

  private boolean isLabelled(ObjectNode entry) {
    return Members.string(entry, "label").filter(label -> !label.isBlank()).isPresent()
        && RULES.getOrDefault(map, List.of()).stream().anyMatch(EntryRule::isLabelled);
  }

  private boolean hasAppleCountry(ObjectNode address) {
    return writing.isVersion3() && address.path("countryCode").asString("").matches("[A-Z]{2}");
  }

  private void writeBeside(String slot, String id, ObjectNode entry, ContentLine main) {
    if (isLabelled(entry)) {
      String label =
          AppleLabel.write(Members.string(entry, "label").orElse(""), writing.isVersion3());
      writing.add(slot, ContentLine.of("X-ABLABEL", Text.escape(label)).inGroup(main.group()));
    }
    if (map.equals("anniversaries")) {
      AnniversaryPlace.write(slot, id, entry, writing);
    } else if (map.equals("addresses") && hasAppleCountry(entry)) {
      String code = entry.path("countryCode").asString("").toLowerCase(Locale.ROOT);
      writing.add(slot, ContentLine.of("X-ABADR", code).inGroup(main.group()));
    }
  }
}
