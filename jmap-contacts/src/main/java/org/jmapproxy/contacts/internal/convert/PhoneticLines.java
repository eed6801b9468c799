package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How names and addresses are pronounced: a further N or ADR with PHONETIC (section 2.3.15). */
final class PhoneticLines {

  private PhoneticLines() {}

  /** Whether a component of a name or an address tells its pronunciation. */
  static boolean isPhonetic(ObjectNode object) {
    for (JsonNode component : object.path("components")) {
      if (component.path("phonetic").isString()) {
        return true;
      }
    }
    return false;
  }

  /** Whether two objects have the same components, pronunciation apart. */
  static boolean sameValues(ObjectNode one, ObjectNode other) {
    return values(one).equals(values(other));
  }

  private static List<String> values(ObjectNode object) {
    List<String> values = new ArrayList<>();
    for (JsonNode component : object.path("components")) {
      values.add(component.path("kind").asString("") + " " + component.path("value").asString(""));
    }
    return values;
  }

  static void write(
      String property, String slot, ObjectNode object, StructuredValue table, Writing writing) {
    if (isPhonetic(object)) {
      String altId = writing.altId(property, slot, object);
      writing.add(
          slot + "#phonetic", line(property, object, table, writing).set("ALTID", altId).line());
    }
  }

  static void writeLocalized(
      String property,
      String slot,
      String language,
      ObjectNode main,
      ObjectNode object,
      StructuredValue table,
      Writing writing) {
    if (isPhonetic(object) && !main.path("components").equals(object.path("components"))) {
      writing.add(
          slot + "#phonetic@" + language,
          line(property, object, table, writing)
              .set("ALTID", writing.altId(property, slot, main))
              .set("LANGUAGE", language)
              .line());
    }
  }

  private static LineDraft line(
      String property, ObjectNode object, StructuredValue table, Writing writing) {
    boolean basic = property.equals("N") || writing.isVersion3();
    List<Component> placed = table.placed(object, basic);
    List<Component> spoken = new ArrayList<>();
    for (int i = 0; i < placed.size(); i++) {
      Component component = placed.get(i);
      String phonetic = object.path("components").path(i).path("phonetic").asString("");
      if (!phonetic.isEmpty()) {
        spoken.add(
            new Component(component.kind(), phonetic, component.position(), component.index()));
      }
    }
    return new LineDraft(property)
        .set("PHONETIC", Members.string(object, "phoneticSystem").orElse("script"))
        .set("SCRIPT", Members.string(object, "phoneticScript"))
        .value(table.value(spoken, false));
  }

  /**
   * Reads a line with PHONETIC.
   *
   * @param main the line that it is about
   * @param slot where that line went
   * @return whether it made sense
   */
  static boolean read(
      ContentLine line, ContentLine main, String slot, StructuredValue table, Reading reading) {
    Optional<ObjectNode> object = reading.at(slot);
    if (object.isEmpty() || !object.get().path("components").isArray()) {
      return false;
    }
    Optional<String> language =
        line.parameters()
            .first("LANGUAGE")
            .filter(tag -> !Optional.of(tag).equals(reading.language()));
    PhoneticTarget target =
        language.isPresent()
            ? PhoneticTarget.localized(reading.card(), language.get(), slot)
            : PhoneticTarget.direct(object.get());
    line.parameters()
        .first("PHONETIC")
        .filter(system -> !system.equalsIgnoreCase("script"))
        .ifPresent(system -> target.put("phoneticSystem", ValueRules.lower(system)));
    line.parameters().first("SCRIPT").ifPresent(script -> target.put("phoneticScript", script));
    List<List<String>> spoken = Text.components(line.value());
    List<Component> components = table.components(main.value());
    JsonNode array = object.get().path("components");
    boolean found = false;
    for (Component component : components) {
      Optional<String> text = at(spoken, component);
      int index = indexOf(array, component);
      if (text.isPresent() && index >= 0) {
        target.putPhonetic(index, text.get());
        found = true;
      }
    }
    return found;
  }

  private static Optional<String> at(List<List<String>> spoken, Component component) {
    return component.position() < spoken.size()
            && component.index() < spoken.get(component.position()).size()
        ? Optional.of(spoken.get(component.position()).get(component.index()))
            .filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private static int indexOf(JsonNode array, Component component) {
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i).path("kind").asString("").equals(component.kind())
          && array.get(i).path("value").asString("").equals(component.value())) {
        return i;
      }
    }
    return -1;
  }

  /** Where pronunciations are put: into the object, or into the patches of a language. */
  private interface PhoneticTarget {

    void put(String member, String value);

    void putPhonetic(int index, String value);

    static PhoneticTarget direct(ObjectNode object) {
      return new PhoneticTarget() {
        @Override
        public void put(String member, String value) {
          object.put(member, value);
        }

        @Override
        public void putPhonetic(int index, String value) {
          object.path("components").path(index).asObject().put("phonetic", value);
        }
      };
    }

    static PhoneticTarget localized(ObjectNode card, String language, String slot) {
      ObjectNode patch = Members.make(card, "localizations/" + Members.escape(language));
      return new PhoneticTarget() {
        @Override
        public void put(String member, String value) {
          patch.put(slot + "/" + member, value);
        }

        @Override
        public void putPhonetic(int index, String value) {
          JsonNode whole = patch.path(slot + "/components");
          if (whole.path(index).isObject()) {
            whole.path(index).asObject().put("phonetic", value);
          } else {
            patch.put(slot + "/components/" + index + "/phonetic", value);
          }
        }
      };
    }
  }
}
