package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.LineWriter;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Properties without a place in JSContact, as jCard writes them (RFC 7095 section 3.3). */
final class JCardProperty {

  private static final String UNKNOWN = "unknown";

  /** They are about the vCard itself, or have a place of their own. */
  private static final Set<String> RESERVED = Set.of("BEGIN", "END", "JSPROP");

  private static final Set<String> STRUCTURED = Set.of("N", "ADR", "ORG", "GENDER", "CLIENTPIDMAP");

  private static final Map<String, String> DEFAULT_TYPES =
      Map.ofEntries(
          Map.entry("ADR", "text"),
          Map.entry("ANNIVERSARY", "date-and-or-time"),
          Map.entry("BDAY", "date-and-or-time"),
          Map.entry("BIRTHPLACE", "text"),
          Map.entry("CALADRURI", "uri"),
          Map.entry("CALURI", "uri"),
          Map.entry("CATEGORIES", "text"),
          Map.entry("CLASS", "text"),
          Map.entry("CLIENTPIDMAP", "text"),
          Map.entry("CONTACT-URI", "uri"),
          Map.entry("CREATED", "timestamp"),
          Map.entry("DEATHDATE", "date-and-or-time"),
          Map.entry("DEATHPLACE", "text"),
          Map.entry("EMAIL", "text"),
          Map.entry("FBURL", "uri"),
          Map.entry("FN", "text"),
          Map.entry("GENDER", "text"),
          Map.entry("GEO", "uri"),
          Map.entry("IMPP", "uri"),
          Map.entry("KEY", "uri"),
          Map.entry("KIND", "text"),
          Map.entry("LABEL", "text"),
          Map.entry("LANG", "language-tag"),
          Map.entry("LOGO", "uri"),
          Map.entry("MAILER", "text"),
          Map.entry("MEMBER", "uri"),
          Map.entry("N", "text"),
          Map.entry("NAME", "text"),
          Map.entry("NICKNAME", "text"),
          Map.entry("NOTE", "text"),
          Map.entry("ORG", "text"),
          Map.entry("PHOTO", "uri"),
          Map.entry("PRODID", "text"),
          Map.entry("PROFILE", "text"),
          Map.entry("REV", "timestamp"),
          Map.entry("ROLE", "text"),
          Map.entry("SORT-STRING", "text"),
          Map.entry("SOUND", "uri"),
          Map.entry("SOURCE", "uri"),
          Map.entry("TEL", "text"),
          Map.entry("TITLE", "text"),
          Map.entry("TZ", "text"),
          Map.entry("UID", "uri"),
          Map.entry("URL", "uri"),
          Map.entry("VERSION", "text"),
          Map.entry("XML", "text"));

  private JCardProperty() {}

  static ArrayNode read(ContentLine line) {
    ObjectNode parameters = Members.JSON.objectNode();
    for (String name : line.parameters().names()) {
      if (!name.equals("VALUE")) {
        ParameterCursor.put(parameters, name.toLowerCase(Locale.ROOT), line.parameters().all(name));
      }
    }
    line.group().ifPresent(group -> parameters.put("group", group));
    String type =
        line.parameters()
            .first("VALUE")
            .map(value -> value.toLowerCase(Locale.ROOT))
            .orElseGet(() -> DEFAULT_TYPES.getOrDefault(line.name(), UNKNOWN));
    ArrayNode property =
        Members.JSON
            .arrayNode()
            .add(line.name().toLowerCase(Locale.ROOT))
            .add(parameters)
            .add(type);
    return property.add(value(line, type));
  }

  private static JsonNode value(ContentLine line, String type) {
    if (!type.equals("text")) {
      return Members.JSON.stringNode(line.value());
    }
    if (!STRUCTURED.contains(line.name()) || Text.split(line.value(), ';').size() == 1) {
      return Members.JSON.stringNode(Text.unescape(line.value()));
    }
    ArrayNode components = Members.JSON.arrayNode();
    for (List<String> component : Text.components(line.value())) {
      if (component.size() == 1) {
        components.add(component.get(0));
      } else {
        component.forEach(components.addArray()::add);
      }
    }
    return components;
  }

  /** The line; empty if the property is not one that a vCard may have like this. */
  static Optional<ContentLine> write(JsonNode property) {
    if (!property.isArray() || property.size() < 4) {
      return Optional.empty();
    }
    String name = property.path(0).asString("").toUpperCase(Locale.ROOT);
    String type = property.path(2).asString(UNKNOWN).toLowerCase(Locale.ROOT);
    if (!LineWriter.isName(name) || RESERVED.contains(name)) {
      return Optional.empty();
    }
    ObjectNode holder = Members.JSON.objectNode();
    holder.set("vCardParams", property.path(1));
    LineDraft line = new LineDraft(name);
    if (!type.equals(UNKNOWN) && LineWriter.isName(type) && !type.equals(DEFAULT_TYPES.get(name))) {
      line.set("VALUE", type);
    }
    for (String own : List.of("encoding", "charset", "prop-id")) {
      line.set(
          own.toUpperCase(Locale.ROOT),
          Members.object(holder, "vCardParams").flatMap(kept -> Members.string(kept, own)));
    }
    List<String> values = new ArrayList<>();
    for (int i = 3; i < property.size(); i++) {
      values.add(text(property.get(i), type));
    }
    return Optional.of(line.keep(holder).value(String.join(",", values)).line());
  }

  private static String text(JsonNode value, String type) {
    if (value.isArray()) {
      List<String> components = new ArrayList<>();
      for (JsonNode component : value) {
        components.add(
            component.isArray()
                ? String.join(
                    ",", component.valueStream().map(v -> Text.escape(v.asString(""))).toList())
                : Text.escape(component.asString("")));
      }
      return String.join(";", components);
    }
    String string = value.isContainer() ? "" : value.asString("");
    return type.equals("text") ? Text.escape(string) : string;
  }
}
