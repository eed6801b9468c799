package org.jmapproxy.contacts.jscontact;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jmapproxy.core.json.JsonPath;
import tools.jackson.databind.JsonNode;

/**
 * An object of JSContact: registered properties are checked, vendors' ones and unknown ones are let
 * pass, unless a name differs from a registered one in case alone (RFC 9553 section 1.7).
 */
final class ObjectType implements ValueType {

  private final String name;
  private final Map<String, ValueType> properties = new LinkedHashMap<>();
  private final Set<String> mandatory = new java.util.LinkedHashSet<>();
  private List<String> oneOfThese = List.of();
  private BiFunction<String, JsonNode, List<CardProblem>> further = (pointer, v) -> List.of();

  ObjectType(String name) {
    this.name = name;
    properties.put(
        "@type",
        ValueType.simple("must be " + name, v -> v.isString() && v.stringValue().equals(name)));
  }

  ObjectType with(String property, ValueType type) {
    properties.put(property, type);
    return this;
  }

  ObjectType mandatory(String property, ValueType type) {
    mandatory.add(property);
    return with(property, type);
  }

  /** At least one of these is there. */
  ObjectType atLeastOne(String... names) {
    oneOfThese = List.of(names);
    return this;
  }

  /** Conditions on several properties. */
  ObjectType holding(BiFunction<String, JsonNode, List<CardProblem>> condition) {
    further = condition;
    return this;
  }

  Set<String> names() {
    return properties.keySet();
  }

  @Override
  public void check(String pointer, JsonNode value, CardValidator found) {
    if (!value.isObject()) {
      found.add(pointer, "must be an object of type " + name);
      return;
    }
    Map<String, String> folded =
        properties.keySet().stream()
            .collect(Collectors.toMap(n -> n.toLowerCase(Locale.ROOT), n -> n));
    String prefix = pointer.isEmpty() ? "" : pointer + "/";
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String member = prefix + JsonPath.escape(entry.getKey());
      ValueType type = properties.get(entry.getKey());
      if (type != null) {
        type.check(member, entry.getValue(), found);
      } else {
        nameProblem(entry.getKey(), folded).forEach(problem -> found.add(member, problem));
      }
    }
    mandatory.stream()
        .filter(property -> !value.has(property))
        .forEach(property -> found.add(prefix + property, "is required"));
    if (!oneOfThese.isEmpty() && oneOfThese.stream().noneMatch(value::has)) {
      found.add(pointer, "must have one of " + String.join(", ", oneOfThese));
    }
    further
        .apply(prefix, value)
        .forEach(problem -> found.add(problem.pointer(), problem.problem()));
  }

  private static List<String> nameProblem(String property, Map<String, String> folded) {
    String known = folded.get(property.toLowerCase(Locale.ROOT));
    if (known != null) {
      return List.of("must be spelled " + known);
    }
    if (property.equals("extra")) {
      return List.of("is a reserved name");
    }
    boolean possible =
        property.contains(":")
            ? VENDOR.matcher(property).matches()
            : property.matches("[A-Za-z0-9@]+");
    return possible ? List.of() : List.of("is not a name of a property");
  }
}
