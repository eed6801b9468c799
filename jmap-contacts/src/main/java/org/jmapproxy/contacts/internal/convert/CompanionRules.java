package org.jmapproxy.contacts.internal.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.node.ObjectNode;

/** Properties that add to entries: labels, places, what Apple and version 3.0 write apart. */
final class CompanionRules {

  private static final Set<String> LABELLED_MAPS =
      Set.of(
          "emails",
          "phones",
          "onlineServices",
          "schedulingAddresses",
          "calendars",
          "cryptoKeys",
          "directories",
          "links",
          "media",
          "personalInfo");

  private CompanionRules() {}

  static Map<String, CompanionRule> all() {
    Map<String, CompanionRule> rules = new LinkedHashMap<>();
    rules.put("X-ABLABEL", CompanionRules::label);
    rules.put("X-ABADR", CompanionRules::countryCode);
    rules.put("X-ADDRESSBOOKSERVER-MEMBER", SetRules::readAppleMember);
    rules.put("X-ABSHOWAS", CompanionRules::company);
    rules.put("LABEL", CompanionRules::fullAddress);
    rules.put("GEO", (line, reading) -> place(EntryRules.GEO, line, reading));
    rules.put("TZ", (line, reading) -> place(EntryRules.TZ, line, reading));
    rules.put("BIRTHPLACE", (line, reading) -> anniversaryPlace("birth", line, reading));
    rules.put("DEATHPLACE", (line, reading) -> anniversaryPlace("death", line, reading));
    rules.put("SORT-STRING", CompanionRules::sortString);
    ApplePhonetics.KINDS.keySet().forEach(name -> rules.put(name, ApplePhonetics::read));
    return rules;
  }

  /** X-ABLabel (RFC 9555 section 2.11.11). */
  private static Optional<String> label(ContentLine line, Reading reading) {
    String label = AppleLabel.read(Text.unescape(line.value()));
    for (String slot : reading.companions(line)) {
      Optional<ObjectNode> entry = reading.at(slot);
      boolean labelled = LABELLED_MAPS.contains(slot.substring(0, Math.max(0, slot.indexOf('/'))));
      if (labelled && entry.isPresent() && !entry.get().has("label") && !label.isEmpty()) {
        entry.get().put("label", label);
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> countryCode(ContentLine line, Reading reading) {
    String code = line.value().strip().toUpperCase(Locale.ROOT);
    for (String slot : reading.companions(line)) {
      Optional<ObjectNode> entry = reading.at(slot);
      if (slot.startsWith("addresses/")
          && entry.isPresent()
          && !entry.get().has("countryCode")
          && code.matches("[A-Z]{2}")) {
        entry.get().put("countryCode", code);
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> company(ContentLine line, Reading reading) {
    if (!line.value().strip().equalsIgnoreCase("COMPANY") || reading.card().has("kind")) {
      return Optional.empty();
    }
    reading.card().put("kind", "org");
    return Optional.of("kind");
  }

  /** LABEL of version 3.0: that of the address with the same PROP-ID, or the same types. */
  private static Optional<String> fullAddress(ContentLine line, Reading reading) {
    ObjectNode label = Members.JSON.objectNode();
    ParameterRules.ADDRESS_CONTEXTS.read(new ParameterCursor(line), label);
    Optional<String> id = Reading.claimedId(line);
    Optional<ObjectNode> addresses = Members.object(reading.card(), "addresses");
    if (addresses.isEmpty() || line.value().isBlank()) {
      return Optional.empty();
    }
    for (String key : List.copyOf(addresses.get().propertyNames())) {
      ObjectNode address = addresses.get().path(key).asObject();
      boolean fits =
          id.isPresent()
              ? key.equals(id.get())
              : address.path("contexts").equals(label.path("contexts"));
      if (fits && !address.has("full")) {
        address.put("full", Text.unescape(line.value()));
        return Optional.of("addresses/" + key);
      }
    }
    return Optional.empty();
  }

  /**
   * GEO and TZ: of the address in their group, or of the only one without a group, else an address
   * of their own (section 2.8.3).
   */
  private static Optional<String> place(EntryRule rule, ContentLine line, Reading reading) {
    Optional<ObjectNode> place = rule.entry(line);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    String member = rule.equals(EntryRules.GEO) ? "coordinates" : "timeZone";
    Optional<String> host =
        Reading.claimedId(line).isPresent() ? Optional.empty() : host(line, reading);
    Optional<ObjectNode> address = host.flatMap(reading::at).filter(a -> !a.has(member));
    if (address.isPresent()) {
      address.get().put(member, place.get().path(member).asString(""));
      return host;
    }
    return Optional.of(reading.add("addresses", line, place.get()));
  }

  private static Optional<String> host(ContentLine line, Reading reading) {
    if (line.group().isPresent()) {
      return reading.companions(line).stream()
          .filter(slot -> slot.startsWith("addresses/"))
          .findFirst();
    }
    Optional<ObjectNode> addresses = Members.object(reading.card(), "addresses");
    List<String> ungrouped =
        addresses.stream()
            .flatMap(all -> all.properties().stream())
            .filter(entry -> LineDraft.groupOf(entry.getValue().asObject()).isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    return ungrouped.size() == 1 ? Optional.of("addresses/" + ungrouped.get(0)) : Optional.empty();
  }

  private static Optional<String> anniversaryPlace(String kind, ContentLine line, Reading reading) {
    Optional<String> id = Reading.claimedId(line);
    Optional<ObjectNode> anniversaries = Members.object(reading.card(), "anniversaries");
    Optional<ObjectNode> place = AnniversaryPlace.read(line);
    if (anniversaries.isEmpty() || place.isEmpty()) {
      return Optional.empty();
    }
    for (String key : List.copyOf(anniversaries.get().propertyNames())) {
      ObjectNode anniversary = anniversaries.get().path(key).asObject();
      if (anniversary.path("kind").asString("").equals(kind)
          && !anniversary.has("place")
          && (id.isEmpty() || id.get().equals(key))) {
        anniversary.set("place", place.get());
        return Optional.of("anniversaries/" + key);
      }
    }
    return Optional.empty();
  }

  /** SORT-STRING of version 3.0 sorts by the surname. */
  private static Optional<String> sortString(ContentLine line, Reading reading) {
    Optional<ObjectNode> name = Members.object(reading.card(), NameRules.SLOT);
    boolean hasSurname =
        name.stream()
            .flatMap(found -> found.path("components").valueStream())
            .anyMatch(component -> component.path("kind").asString("").equals("surname"));
    if (!hasSurname || name.get().has("sortAs") || line.value().isBlank()) {
      return Optional.empty();
    }
    name.get().putObject("sortAs").put("surname", Text.unescape(line.value()));
    return Optional.of(NameRules.SLOT);
  }
}
