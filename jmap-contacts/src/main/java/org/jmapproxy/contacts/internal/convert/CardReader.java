package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Parameters;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts the lines of a vCard to a Card (RFC 9555 section 2). */
final class CardReader {

  private static final Map<String, PropertyRule> RULES = rules();
  private static final Map<String, CompanionRule> COMPANIONS = CompanionRules.all();
  private static final Set<String> SINGLE =
      RULES.entrySet().stream()
          .filter(rule -> rule.getValue().isSingle())
          .map(Map.Entry::getKey)
          .collect(Collectors.toUnmodifiableSet());

  private final List<ContentLine> lines;
  private final Alternatives alternatives;
  private final Reading reading;
  private final Map<Integer, List<String>> slots = new HashMap<>();

  private CardReader(List<ContentLine> lines) {
    this.lines = lines;
    alternatives = new Alternatives(lines, SINGLE);
    reading = new Reading(version(lines));
    alternatives.language().ifPresent(reading::language);
  }

  /** The version that lines declare. */
  static VCardVersion version(List<ContentLine> lines) {
    return lines.stream()
        .filter(line -> line.name().equals("VERSION"))
        .findFirst()
        .map(line -> VCardVersion.of(line.value()))
        .orElse(VCardVersion.V3_0);
  }

  /** The Card and where its parts come from. */
  static ReadCard read(List<ContentLine> lines) {
    return new CardReader(lines).read();
  }

  private static Map<String, PropertyRule> rules() {
    Map<String, PropertyRule> rules = new LinkedHashMap<>(ScalarRules.all());
    rules.put("N", NameRules.N);
    rules.put("FN", NameRules.FN);
    EntryRules.ALL.forEach(rule -> rules.put(rule.name(), rule));
    rules.put("CATEGORIES", SetRules::readCategories);
    rules.put("MEMBER", SetRules::readMember);
    rules.put("RELATED", SetRules::readRelated);
    return rules;
  }

  private ReadCard read() {
    ObjectNode card = reading.card();
    card.put("@type", "Card").put("version", "2.0");
    for (ContentLine line : lines) {
      if (RULES.get(line.name()) instanceof EntryRule rule) {
        reading.reserve(rule.map(), line);
      }
    }
    indexes(name -> name.equals("N")).forEach(this::readMain);
    indexes(name -> !name.equals("N") && !COMPANIONS.containsKey(name)).forEach(this::readMain);
    indexes(COMPANIONS::containsKey).forEach(this::readCompanion);
    for (int i = 0; i < lines.size(); i++) {
      readAlternative(i);
    }
    Titles.findOrganizations(card);
    if (!card.has("language")) {
      reading.language().ifPresent(tag -> card.put("language", tag));
    }
    readRest();
    readPatches();
    return new ReadCard(
        card, java.util.stream.IntStream.range(0, lines.size()).mapToObj(this::slots).toList());
  }

  private List<String> slots(int index) {
    return slots.getOrDefault(index, List.of());
  }

  private List<Integer> indexes(java.util.function.Predicate<String> names) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (names.test(lines.get(i).name()) && alternatives.of(i).isEmpty()) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  private void readMain(int index) {
    PropertyRule rule = RULES.get(lines.get(index).name());
    if (rule != null && lines.get(index).parameters().first("PHONETIC").isEmpty()) {
      slots.put(index, rule.read(plain(lines.get(index)), reading));
    }
  }

  private void readCompanion(int index) {
    ContentLine line = lines.get(index);
    CompanionRule rule = COMPANIONS.get(line.name());
    if (rule != null) {
      rule.read(plain(line), reading).ifPresent(slot -> slots.put(index, List.of(slot)));
    }
  }

  /** The line without a language that is the card's anyway. */
  private ContentLine plain(ContentLine line) {
    Optional<String> tag = line.parameters().first("LANGUAGE");
    boolean same =
        tag.isPresent() && reading.language().filter(tag.get()::equalsIgnoreCase).isPresent();
    return same ? line.with(without(line.parameters(), Set.of("LANGUAGE"))) : line;
  }

  private static Parameters without(Parameters parameters, Set<String> names) {
    Parameters left = Parameters.none();
    for (String name : parameters.names()) {
      if (!names.contains(name)) {
        left = left.and(name, parameters.all(name));
      }
    }
    return left;
  }

  private void readAlternative(int index) {
    Optional<Alternatives.Alternative> alternative = alternatives.of(index);
    if (alternative.isEmpty()) {
      return;
    }
    ContentLine line = lines.get(index);
    List<String> mainSlots = slots(alternative.get().main());
    String slot = mainSlots.isEmpty() ? "" : mainSlots.get(0);
    String language = alternative.get().language().orElse("");
    if (slot.isEmpty()) {
      return;
    }
    if (alternative.get().phonetic()) {
      boolean direct =
          language.isEmpty() || reading.language().filter(language::equals).isPresent();
      StructuredValue table =
          line.name().equals("N") ? NameRules.COMPONENTS : AddressValue.COMPONENTS;
      ContentLine main = lines.get(alternative.get().main());
      if ((line.name().equals("N") || line.name().equals("ADR"))
          && PhoneticLines.read(line, main, slot, table, reading)) {
        slots.put(index, List.of(slot + "#phonetic" + (direct ? "" : "@" + language)));
      }
    } else if (localize(line, slot, language)) {
      slots.put(index, List.of(slot + "@" + language));
    }
  }

  /** Makes patches of what a line says differently from the object at its slot. */
  private boolean localize(ContentLine line, String slot, String language) {
    PropertyRule rule = RULES.get(line.name());
    ContentLine bare =
        line.with(without(line.parameters(), Set.of("LANGUAGE", "ALTID", "PROP-ID")))
            .inGroup(Optional.empty());
    Optional<ObjectNode> main = reading.at(slot);
    Optional<ObjectNode> other =
        rule == null
            ? AnniversaryPlace.read(bare).map(place -> place(place))
            : rule.partial(bare, reading);
    if (main.isEmpty() || other.isEmpty()) {
      return false;
    }
    ObjectNode patch = Members.make(reading.card(), "localizations/" + Members.escape(language));
    for (Map.Entry<String, JsonNode> member : other.get().properties()) {
      if (!member.getKey().startsWith("vCard")
          && !member.getValue().equals(main.get().path(member.getKey()))) {
        patch.set(slot + "/" + member.getKey(), member.getValue());
      }
    }
    return true;
  }

  private static ObjectNode place(ObjectNode place) {
    ObjectNode anniversary = Members.JSON.objectNode();
    anniversary.set("place", place);
    return anniversary;
  }

  /** What no rule has converted (section 2.15.1). */
  private void readRest() {
    for (int i = 0; i < lines.size(); i++) {
      ContentLine line = lines.get(i);
      boolean standard =
          line.name().equals("JSPROP")
              || (line.name().equals("VERSION") && line.value().strip().equals("4.0"));
      if (slots(i).isEmpty() && !standard) {
        JsonNode property = JCardProperty.read(line);
        JsonNode kept = reading.card().path("vCardProps");
        (kept.isArray() ? kept.asArray() : reading.card().putArray("vCardProps")).add(property);
        slots.put(i, List.of("vCardProps/" + property));
      }
    }
  }

  private void readPatches() {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).name().equals("JSPROP")) {
        JsonProperty.apply(lines.get(i), reading.card());
        slots.put(i, List.of(JsonProperty.slot(lines.get(i))));
      }
    }
  }
}
