package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** ORG: a name and units, with SORT-AS for each (RFC 9555 section 2.9.4). */
final class OrganizationValue implements ValueRule {

  @Override
  public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
    List<String> names =
        Text.split(line.value(), ';').stream().map(Text::unescape).map(String::strip).toList();
    List<String> sortAs = SortAs.read(parameters);
    if (!names.get(0).isEmpty()) {
      entry.put("name", names.get(0));
      at(sortAs, 0).ifPresent(text -> entry.put("sortAs", text));
    }
    ArrayNode units = Members.JSON.arrayNode();
    for (int i = 1; i < names.size(); i++) {
      if (!names.get(i).isEmpty()) {
        ObjectNode unit = units.addObject().put("name", names.get(i));
        at(sortAs, i).ifPresent(text -> unit.put("sortAs", text));
      }
    }
    if (!units.isEmpty()) {
      entry.set("units", units);
    }
    return entry.has("name") || entry.has("units");
  }

  @Override
  public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
    List<String> names = new ArrayList<>();
    List<String> sortAs = new ArrayList<>();
    names.add(Members.string(entry, "name").orElse(""));
    sortAs.add(Members.string(entry, "sortAs").orElse(""));
    for (JsonNode unit : entry.path("units")) {
      if (unit.isObject()) {
        names.add(Members.string(unit.asObject(), "name").orElse(""));
        sortAs.add(Members.string(unit.asObject(), "sortAs").orElse(""));
      }
    }
    if (names.stream().allMatch(String::isBlank)) {
      return false;
    }
    line.set("SORT-AS", SortAs.write(sortAs));
    line.value(String.join(";", names.stream().map(Text::escape).toList()));
    return true;
  }

  private static Optional<String> at(List<String> texts, int index) {
    return index < texts.size()
        ? Optional.of(texts.get(index)).filter(text -> !text.isEmpty())
        : Optional.empty();
  }
}
