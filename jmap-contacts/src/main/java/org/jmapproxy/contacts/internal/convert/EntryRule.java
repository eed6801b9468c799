package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/**
 * A property that becomes an entry of a map of the card, such as EMAIL one of {@code emails}, and
 * back. Immutable; the {@code with}-like methods return changed copies.
 *
 * @param name the property
 * @param map where entries are
 * @param fixed members that all entries have
 * @param value the value
 * @param parameters parameters with a meaning
 * @param isAlias whether entries keep the property's name, as another one would be written else
 * @param isListed whether the value is a list, with an entry for each item
 * @param isLabelled whether entries have a {@code label}
 * @param applies further conditions for an entry to be written like this
 */
record EntryRule(
    String name,
    String map,
    Map<String, String> fixed,
    ValueRule value,
    List<ParameterRule> parameters,
    boolean isAlias,
    boolean isListed,
    boolean isLabelled,
    Predicate<ObjectNode> applies)
    implements PropertyRule {

  static EntryRule of(String name, String map, ValueRule value, ParameterRule... parameters) {
    return new EntryRule(
        name, map, Map.of(), value, List.of(parameters), false, false, false, entry -> true);
  }

  EntryRule kind(String kind) {
    return new EntryRule(
        name, map, Map.of("kind", kind), value, parameters, isAlias, isListed, isLabelled, applies);
  }

  EntryRule alias() {
    return new EntryRule(name, map, fixed, value, parameters, true, isListed, isLabelled, applies);
  }

  EntryRule listed() {
    return new EntryRule(name, map, fixed, value, parameters, isAlias, true, isLabelled, applies);
  }

  EntryRule labelled() {
    return new EntryRule(name, map, fixed, value, parameters, isAlias, isListed, true, applies);
  }

  EntryRule onlyIf(Predicate<ObjectNode> condition) {
    return new EntryRule(
        name, map, fixed, value, parameters, isAlias, isListed, isLabelled, condition);
  }

  @Override
  public List<String> read(ContentLine line, Reading reading) {
    List<String> slots = new ArrayList<>();
    List<String> values = isListed ? Text.split(line.value(), ',') : List.of(line.value());
    for (String single : values) {
      ContentLine one = new ContentLine(line.group(), line.name(), line.parameters(), single);
      entry(one).ifPresent(entry -> slots.add(reading.add(map, one, entry)));
    }
    return slots;
  }

  @Override
  public Optional<ObjectNode> partial(ContentLine line, Reading reading) {
    return entry(line);
  }

  /** The entry that a line makes; empty if it cannot be converted. */
  Optional<ObjectNode> entry(ContentLine line) {
    ObjectNode entry = Members.JSON.objectNode();
    fixed.forEach(entry::put);
    ParameterCursor cursor = new ParameterCursor(line);
    parameters.forEach(parameter -> parameter.read(cursor, entry));
    if (!value.read(line, cursor, entry)) {
      return Optional.empty();
    }
    if (isAlias) {
      entry.put("vCardName", ValueRules.lower(name));
    }
    cursor.keepRest(entry);
    return Optional.of(entry);
  }

  /** The line for an entry, without group and PROP-ID; empty if it is none of this property. */
  Optional<LineDraft> line(ObjectNode entry, VCardVersion version) {
    for (Map.Entry<String, String> member : fixed.entrySet()) {
      if (!Members.string(entry, member.getKey()).equals(Optional.of(member.getValue()))) {
        return Optional.empty();
      }
    }
    LineDraft line = new LineDraft(name);
    if (!applies.test(entry) || !value.write(entry, line, version)) {
      return Optional.empty();
    }
    parameters.forEach(parameter -> parameter.write(entry, line, version));
    return Optional.of(line.keep(entry));
  }
}
