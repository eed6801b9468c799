package org.jmapproxy.contacts.internal.convert;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.node.ObjectNode;

/** BIRTHPLACE and DEATHPLACE: an address as a text, or a {@code geo:} URI (section 2.5.1). */
final class AnniversaryPlace {

  private static final Map<String, String> PROPERTIES =
      Map.of("birth", "BIRTHPLACE", "death", "DEATHPLACE");

  private AnniversaryPlace() {}

  static Optional<ObjectNode> read(ContentLine line) {
    boolean uri = line.parameters().has("VALUE", "uri");
    if (!uri) {
      String full = Text.unescape(line.value());
      return full.isBlank()
          ? Optional.empty()
          : Optional.of(Members.JSON.objectNode().put("full", full));
    }
    String value = ValueRules.plainUri(line.value());
    return value.toLowerCase(Locale.ROOT).startsWith("geo:")
        ? Optional.of(Members.JSON.objectNode().put("coordinates", value))
        : Optional.empty();
  }

  /** Writes the place of an anniversary, and the same in other languages. */
  static void write(String slot, String id, ObjectNode anniversary, Writing writing) {
    String property = PROPERTIES.get(Members.string(anniversary, "kind").orElse(""));
    if (property == null) {
      return;
    }
    Map<String, ObjectNode> localized = writing.localized(slot + "/place");
    Optional<LineDraft> main = line(property, anniversary);
    main.ifPresent(
        line -> {
          if (!localized.isEmpty()) {
            line.set("ALTID", writing.altId(property, slot, Members.JSON.objectNode()));
          }
          writing.add(slot, line.set("PROP-ID", id).line());
        });
    writing
        .localized(slot)
        .forEach(
            (language, other) ->
                line(property, other)
                    .filter(line -> main.isPresent() && localized.containsKey(language))
                    .ifPresent(
                        line ->
                            writing.add(
                                slot + "@" + language,
                                line.set(
                                        "ALTID",
                                        writing.altId(property, slot, Members.JSON.objectNode()))
                                    .set("LANGUAGE", language)
                                    .line())));
  }

  private static Optional<LineDraft> line(String property, ObjectNode anniversary) {
    Optional<ObjectNode> place = Members.object(anniversary, "place");
    Optional<String> full = place.flatMap(address -> Members.string(address, "full"));
    if (full.isPresent()) {
      return Optional.of(new LineDraft(property).value(Text.escape(full.get())));
    }
    return place
        .flatMap(address -> Members.string(address, "coordinates"))
        .map(uri -> new LineDraft(property).set("VALUE", "uri").value(uri));
  }
}
