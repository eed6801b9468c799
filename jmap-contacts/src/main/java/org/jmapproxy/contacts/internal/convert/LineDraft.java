package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.LineWriter;
import org.jmapproxy.contacts.internal.line.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A line that is being written. */
final class LineDraft {

  /** They follow from the value; a client's word for them counts for nothing. */
  private static final Set<String> OWN = Set.of("GROUP", "VALUE", "ENCODING", "CHARSET", "PROP-ID");

  private final String name;
  private final Map<String, List<String>> parameters = new LinkedHashMap<>();
  private Optional<String> group = Optional.empty();
  private String value = "";

  LineDraft(String name) {
    this.name = name;
  }

  LineDraft set(String parameter, String parameterValue) {
    parameters.put(parameter, List.of(parameterValue));
    return this;
  }

  LineDraft set(String parameter, Optional<String> parameterValue) {
    parameterValue.ifPresent(given -> set(parameter, given));
    return this;
  }

  LineDraft addType(String type) {
    List<String> types = new ArrayList<>(parameters.getOrDefault("TYPE", List.of()));
    if (types.stream().noneMatch(type::equalsIgnoreCase)) {
      types.add(type);
    }
    parameters.put("TYPE", types);
    return this;
  }

  LineDraft value(String text) {
    value = text;
    return this;
  }

  LineDraft group(Optional<String> other) {
    group = other;
    return this;
  }

  /** Adds the {@code vCardParams} of an entry, but for those that a rule has set already. */
  LineDraft keep(ObjectNode entry) {
    Optional<ObjectNode> kept = Members.object(entry, "vCardParams");
    if (kept.isEmpty()) {
      return this;
    }
    group = group.or(() -> groupOf(entry));
    for (Map.Entry<String, JsonNode> parameter : kept.get().properties()) {
      String upper = parameter.getKey().toUpperCase(Locale.ROOT);
      List<String> values = strings(parameter.getValue());
      if (OWN.contains(upper) || !LineWriter.isName(upper) || values.isEmpty()) {
        continue;
      }
      if (upper.equals("TYPE")) {
        values.forEach(this::addType);
      } else {
        parameters.putIfAbsent(upper, values);
      }
    }
    return this;
  }

  /** The group that an entry was in. */
  static Optional<String> groupOf(ObjectNode entry) {
    return Members.object(entry, "vCardParams")
        .flatMap(kept -> Members.string(kept, "group"))
        .filter(LineWriter::isName);
  }

  private static List<String> strings(JsonNode value) {
    List<String> strings = new ArrayList<>();
    if (value.isString()) {
      strings.add(value.stringValue());
    } else if (value.isArray()) {
      value.forEach(item -> strings.add(item.asString("")));
    } else if (value.isNumber() || value.isBoolean()) {
      strings.add(value.asString());
    }
    return strings;
  }

  ContentLine line() {
    Parameters all = Parameters.none();
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      all = all.and(parameter.getKey(), parameter.getValue());
    }
    return new ContentLine(group, name, all, value);
  }
}
