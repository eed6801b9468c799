package org.jmapproxy.contacts.internal.convert;

import java.lang.Character.UnicodeScript;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * X-PHONETIC-FIRST-NAME and its like, which do not say in what manner the name is written down: the
 * script is seen from its letters.
 */
final class ApplePhonetics {

  static final Map<String, String> KINDS =
      Map.of(
          "X-PHONETIC-FIRST-NAME",
          "given",
          "X-PHONETIC-MIDDLE-NAME",
          "given2",
          "X-PHONETIC-LAST-NAME",
          "surname");

  private static final Map<UnicodeScript, String> SCRIPTS =
      Map.of(
          UnicodeScript.LATIN, "Latn",
          UnicodeScript.HIRAGANA, "Hira",
          UnicodeScript.KATAKANA, "Kana",
          UnicodeScript.HAN, "Hani",
          UnicodeScript.HANGUL, "Hang",
          UnicodeScript.BOPOMOFO, "Bopo",
          UnicodeScript.CYRILLIC, "Cyrl",
          UnicodeScript.GREEK, "Grek");

  private ApplePhonetics() {}

  static Optional<String> read(ContentLine line, Reading reading) {
    String text = Text.unescape(line.value());
    Optional<ObjectNode> name = Members.object(reading.card(), NameRules.SLOT);
    String kind = KINDS.getOrDefault(line.name(), "");
    String script = script(text);
    if (name.isEmpty() || text.isBlank() || name.get().has("phoneticSystem")) {
      return Optional.empty();
    }
    for (JsonNode component : name.get().path("components")) {
      if (component.path("kind").asString("").equals(kind) && !component.has("phonetic")) {
        component.asObject().put("phonetic", text);
        if (!name.get().has("phoneticScript")) {
          name.get().put("phoneticScript", script);
        }
        return Optional.of(NameRules.SLOT + "#phonetic");
      }
    }
    return Optional.empty();
  }

  /** The first letter's script (ISO 15924), or {@code Zyyy} if that is not told. */
  private static String script(String text) {
    return text.codePoints()
        .filter(Character::isLetter)
        .mapToObj(letter -> SCRIPTS.getOrDefault(UnicodeScript.of(letter), "Zyyy"))
        .findFirst()
        .orElse("Zyyy");
  }

  /** Whether a name can be written like this, one component of a kind each. */
  static boolean fits(ObjectNode name) {
    if (name.has("phoneticSystem")) {
      return false;
    }
    java.util.Set<String> seen = new java.util.HashSet<>();
    for (JsonNode component : name.path("components")) {
      String kind = component.path("kind").asString("");
      if (!seen.add(kind) && component.has("phonetic")) {
        return false;
      }
      if (component.has("phonetic")
          && (!KINDS.containsValue(kind)
              || !script(component.path("phonetic").asString(""))
                  .equals(name.path("phoneticScript").asString("")))) {
        return false;
      }
    }
    return true;
  }

  static void write(ObjectNode name, Writing writing) {
    KINDS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            property ->
                name.path("components")
                    .valueStream()
                    .filter(c -> c.path("kind").asString("").equals(property.getValue()))
                    .filter(c -> c.path("phonetic").isString())
                    .forEach(
                        c ->
                            writing.add(
                                NameRules.SLOT + "#phonetic",
                                ContentLine.of(
                                    property.getKey(),
                                    Text.escape(c.path("phonetic").asString(""))))));
  }
}
