package org.jmapproxy.contacts.internal.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.node.ObjectNode;

/** Properties of the card itself that are one value. */
final class ScalarRules {

  private static final Set<String> KINDS =
      Set.of("individual", "group", "org", "location", "device", "application");

  private ScalarRules() {}

  static Map<String, PropertyRule> all() {
    Map<String, PropertyRule> rules = new LinkedHashMap<>();
    rules.put("UID", member("uid", value -> text(value).map(String::strip)));
    rules.put("PRODID", member("prodId", ScalarRules::text));
    rules.put("CREATED", member("created", Timestamps::readLeniently));
    rules.put("REV", member("updated", Timestamps::readLeniently));
    rules.put("LANGUAGE", member("language", ScalarRules::text));
    rules.put("KIND", member("kind", ScalarRules::kind));
    rules.put("X-ADDRESSBOOKSERVER-KIND", member("kind", ScalarRules::kind));
    rules.put("GRAMGENDER", new GrammaticalGender());
    return rules;
  }

  private static Optional<String> text(String value) {
    return Optional.of(Text.unescape(value)).filter(text -> !text.isBlank());
  }

  private static Optional<String> kind(String value) {
    return Optional.of(ValueRules.lower(value.strip())).filter(KINDS::contains);
  }

  private static PropertyRule member(
      String name, java.util.function.Function<String, Optional<String>> reader) {
    return (line, reading) -> {
      Optional<String> value = reader.apply(line.value());
      if (value.isEmpty() || reading.card().has(name)) {
        return List.of();
      }
      reading.card().put(name, value.get());
      return List.of(name);
    };
  }

  /** What stands before the name in a vCard. */
  static void writeHead(Writing writing) {
    ObjectNode card = writing.card();
    put(writing, "prodId", "PRODID", Optional.of(Text.escape(string(card, "prodId"))));
    put(writing, "uid", "UID", Optional.of(Text.escape(string(card, "uid"))));
    writeKind(writing);
    put(writing, "language", "LANGUAGE", Optional.of(Text.escape(string(card, "language"))));
  }

  /** What stands behind everything else. */
  static void writeTail(Writing writing) {
    ObjectNode card = writing.card();
    put(
        writing,
        "created",
        "CREATED",
        Timestamps.write(string(card, "created"), writing.version()));
    put(writing, "updated", "REV", Timestamps.write(string(card, "updated"), writing.version()));
  }

  private static String string(ObjectNode card, String name) {
    return Members.string(card, name).orElse("");
  }

  private static void put(Writing writing, String member, String property, Optional<String> value) {
    value
        .filter(text -> !text.isBlank())
        .ifPresent(text -> writing.add(member, ContentLine.of(property, text)));
  }

  /** Apple knows groups and companies in version 3.0, which has no KIND. */
  private static void writeKind(Writing writing) {
    String kind = string(writing.card(), "kind");
    if (!KINDS.contains(kind)) {
      return;
    }
    if (!writing.isVersion3()) {
      writing.add("kind", ContentLine.of("KIND", kind));
    } else if (kind.equals("group")) {
      writing.add("kind", ContentLine.of("X-ADDRESSBOOKSERVER-KIND", kind));
    } else if (kind.equals("org")) {
      writing.add("kind", ContentLine.of("X-ABSHOWAS", "COMPANY"));
    } else if (!kind.equals("individual")) {
      writing.add("kind", ContentLine.of("KIND", kind));
    }
  }

  /** GRAMGENDER, which is in {@code speakToAs}. */
  private static final class GrammaticalGender implements PropertyRule {

    private static final Set<String> GENDERS =
        Set.of("animate", "common", "feminine", "inanimate", "masculine", "neuter");

    @Override
    public List<String> read(ContentLine line, Reading reading) {
      Optional<ObjectNode> gender = partial(line, reading);
      boolean known =
          Members.object(reading.card(), "speakToAs")
              .filter(speakToAs -> speakToAs.has("grammaticalGender"))
              .isPresent();
      if (gender.isEmpty() || known) {
        return List.of();
      }
      Members.make(reading.card(), "speakToAs").setAll(gender.get());
      return List.of("speakToAs");
    }

    @Override
    public Optional<ObjectNode> partial(ContentLine line, Reading reading) {
      return Optional.of(ValueRules.lower(line.value().strip()))
          .filter(GENDERS::contains)
          .map(gender -> Members.JSON.objectNode().put("grammaticalGender", gender));
    }

    @Override
    public boolean isSingle() {
      return true;
    }
  }

  static void writeGrammaticalGender(Writing writing) {
    Members.object(writing.card(), "speakToAs")
        .flatMap(speakToAs -> Members.string(speakToAs, "grammaticalGender"))
        .ifPresent(
            gender ->
                writing.add(
                    "speakToAs", new LineDraft("GRAMGENDER").value(Text.escape(gender)).line()));
    writing
        .localized("speakToAs")
        .forEach(
            (language, other) ->
                Members.string(other, "grammaticalGender")
                    .ifPresent(
                        gender ->
                            writing.add(
                                "speakToAs@" + language,
                                new LineDraft("GRAMGENDER")
                                    .set("LANGUAGE", language)
                                    .value(Text.escape(gender))
                                    .line())));
  }
}
