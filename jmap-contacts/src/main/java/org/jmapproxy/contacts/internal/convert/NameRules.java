package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** N and FN, which both are about {@code name} (RFC 9555 sections 2.5.2 and 2.5.5). */
final class NameRules {

  static final String SLOT = "name";
  static final StructuredValue COMPONENTS = new StructuredValue(ComponentTable.NAME);
  static final PropertyRule N = new StructuredName();
  static final PropertyRule FN = new FormattedName();

  private NameRules() {}

  static void write(Writing writing) {
    ObjectNode name = Members.object(writing.card(), SLOT).orElseGet(Members.JSON::objectNode);
    Map<String, ObjectNode> localized = writing.localized(SLOT);
    boolean fnDiffers =
        localized.values().stream()
            .anyMatch(other -> !same(name, other, "full") && other.has("full"));
    boolean nDiffers =
        localized.values().stream()
            .anyMatch(other -> !same(name, other, "components") && other.has("components"));
    Optional<LineDraft> n = structured(name);
    writing.add(SLOT, formatted(name, n.isEmpty(), fnDiffers, writing).line());
    if (n.isPresent()) {
      boolean linked = nDiffers || PhoneticLines.isPhonetic(name);
      writing.add(SLOT, altId(n.get(), linked, name, writing).keep(name).line());
      PhoneticLines.write("N", SLOT, name, COMPONENTS, writing);
    } else if (writing.isVersion3()) {
      writing.add(SLOT, ContentLine.of("N", ";;;;"));
    }
    localized.forEach((language, other) -> writeLocalized(language, name, other, writing));
  }

  private static void writeLocalized(
      String language, ObjectNode name, ObjectNode other, Writing writing) {
    String slot = SLOT + "@" + language;
    if (!same(name, other, "full") && other.has("full")) {
      LineDraft fn = new LineDraft("FN").value(text(other, "full"));
      writing.add(
          slot,
          fn.set("ALTID", writing.altId("FN", SLOT, Members.JSON.objectNode()))
              .set("LANGUAGE", language)
              .line());
    }
    if (!PhoneticLines.sameValues(name, other)) {
      structured(other)
          .ifPresent(
              n ->
                  writing.add(
                      slot, altId(n, true, name, writing).set("LANGUAGE", language).line()));
    }
    PhoneticLines.writeLocalized("N", SLOT, language, name, other, COMPONENTS, writing);
  }

  private static LineDraft formatted(
      ObjectNode name, boolean alone, boolean hasAlternatives, Writing writing) {
    LineDraft fn = new LineDraft("FN");
    if (hasAlternatives) {
      fn.set("ALTID", writing.altId("FN", SLOT, Members.JSON.objectNode()));
    }
    if (alone) {
      fn.keep(name);
    }
    if (name.path("full").isString()) {
      return fn.value(text(name, "full"));
    }
    String derived = DerivedName.of(name);
    return derived.isEmpty() ? fn : fn.set("DERIVED", "TRUE").value(Text.escape(derived));
  }

  private static String text(ObjectNode name, String member) {
    return Text.escape(Members.string(name, member).orElse(""));
  }

  private static Optional<LineDraft> structured(ObjectNode name) {
    LineDraft n = new LineDraft("N");
    if (!COMPONENTS.write(name, n, true, false)) {
      return Optional.empty();
    }
    Optional<ObjectNode> sortAs = Members.object(name, "sortAs");
    if (sortAs.isPresent()) {
      List<String> texts =
          ComponentTable.NAME.kinds().stream()
              .map(kind -> Members.string(sortAs.get(), kind).orElse(""))
              .toList();
      n.set("SORT-AS", SortAs.write(texts));
    }
    return Optional.of(n);
  }

  private static LineDraft altId(LineDraft line, boolean linked, ObjectNode name, Writing writing) {
    return linked ? line.set("ALTID", writing.altId("N", SLOT, name)) : line;
  }

  private static boolean same(ObjectNode one, ObjectNode other, String member) {
    JsonNode value = one.path(member);
    return value.equals(other.path(member));
  }

  private static final class StructuredName implements PropertyRule {

    @Override
    public List<String> read(ContentLine line, Reading reading) {
      if (Members.object(reading.card(), SLOT).filter(name -> name.has("components")).isPresent()) {
        return List.of();
      }
      partial(line, reading).ifPresent(name -> Members.make(reading.card(), SLOT).setAll(name));
      reading.belongs(line, SLOT);
      return List.of(SLOT);
    }

    @Override
    public Optional<ObjectNode> partial(ContentLine line, Reading reading) {
      ObjectNode name = Members.JSON.objectNode();
      ParameterCursor cursor = new ParameterCursor(line);
      if (!COMPONENTS.read(line, cursor, name)) {
        return Optional.empty();
      }
      List<String> sortAs = SortAs.read(cursor);
      for (int i = 0; i < Math.min(sortAs.size(), ComponentTable.NAME.size()); i++) {
        if (!sortAs.get(i).isEmpty()) {
          Members.make(name, "sortAs").put(ComponentTable.NAME.kind(i), sortAs.get(i));
        }
      }
      cursor.keepRest(name);
      return Optional.of(name);
    }

    @Override
    public boolean isSingle() {
      return true;
    }
  }

  private static final class FormattedName implements PropertyRule {

    @Override
    public List<String> read(ContentLine line, Reading reading) {
      Optional<ObjectNode> name = Members.object(reading.card(), SLOT);
      boolean structured = name.filter(found -> found.has("components")).isPresent();
      if (name.filter(found -> found.has("full")).isPresent()) {
        return List.of();
      }
      boolean derived = structured && line.parameters().has("DERIVED", "true");
      if (!derived && !line.value().isBlank()) {
        ObjectNode target = Members.make(reading.card(), SLOT);
        target.put("full", Text.unescape(line.value()));
        if (!structured) {
          ParameterCursor cursor = new ParameterCursor(line);
          cursor.take("DERIVED");
          cursor.keepRest(target);
        }
      }
      reading.belongs(line, SLOT);
      return List.of(SLOT);
    }

    @Override
    public Optional<ObjectNode> partial(ContentLine line, Reading reading) {
      return line.value().isBlank()
          ? Optional.empty()
          : Optional.of(Members.JSON.objectNode().put("full", Text.unescape(line.value())));
    }

    @Override
    public boolean isSingle() {
      return true;
    }
  }

  /** The full name that components make, for cards without one (RFC 9555 section 3.1). */
  static final class DerivedName {

    private static final List<String> USUAL_ORDER =
        List.of("title", "given", "given2", "surname", "surname2", "generation", "credential");

    private DerivedName() {}

    static String of(ObjectNode name) {
      List<ObjectNode> components = new ArrayList<>();
      for (JsonNode component : name.path("components")) {
        if (component.isObject() && component.path("value").isString()) {
          components.add(component.asObject());
        }
      }
      if (!name.path("isOrdered").asBoolean(false)) {
        components.removeIf(component -> !USUAL_ORDER.contains(kind(component)));
        components.sort(
            java.util.Comparator.comparingInt(component -> USUAL_ORDER.indexOf(kind(component))));
      }
      return joined(components, Members.string(name, "defaultSeparator").orElse(" "));
    }

    private static String joined(List<ObjectNode> components, String separator) {
      StringBuilder full = new StringBuilder();
      boolean separated = true;
      for (ObjectNode component : components) {
        boolean isSeparator = kind(component).equals("separator");
        if (!isSeparator && !separated) {
          full.append(separator);
        }
        full.append(component.path("value").asString(""));
        separated = isSeparator;
      }
      return full.toString().strip();
    }

    private static String kind(ObjectNode component) {
      return component.path("kind").asString("");
    }
  }
}
