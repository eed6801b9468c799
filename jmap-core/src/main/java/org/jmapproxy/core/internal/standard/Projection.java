package org.jmapproxy.core.internal.standard;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.RenderContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The properties of objects that a response shows. */
final class Projection<T> {

  private final Map<String, Property<T>> properties;
  private final Function<T, Map<String, Property<T>>> further;

  private Projection(
      Map<String, Property<T>> properties, Function<T, Map<String, Property<T>>> further) {
    this.properties = properties;
    this.further = further;
  }

  /**
   * What the {@code properties} argument of a /get asks for; {@code id} is always among them.
   *
   * @throws MethodException {@code invalidArguments} for an unknown property, {@code forbidden} for
   *     a secret one (RFC 8620 section 7.2.1)
   */
  static <T> Projection<T> requested(DataType<T, ?, ?> type, Optional<List<String>> names) {
    return names.isPresent() ? requested(type, names.get()) : byDefault(type);
  }

  private static <T> Projection<T> requested(DataType<T, ?, ?> type, List<String> names) {
    Map<String, Property<T>> chosen = new LinkedHashMap<>();
    type.property("id").ifPresent(id -> chosen.put("id", id));
    for (String name : names) {
      Property<T> property =
          type.property(name)
              .orElseThrow(
                  () ->
                      new MethodException(
                          MethodError.invalidArgument(
                              "properties", type.name() + " has no property " + name)));
      if (property.secret()) {
        throw new MethodException(MethodError.forbidden(name + " is never returned"));
      }
      chosen.put(name, property);
    }
    return new Projection<>(chosen, object -> Map.of());
  }

  private static <T> Projection<T> byDefault(DataType<T, ?, ?> type) {
    Map<String, Property<T>> chosen = new LinkedHashMap<>(type.properties());
    chosen.values().removeIf(property -> !property.returnedByDefault());
    return new Projection<>(chosen, type::furtherProperties);
  }

  /** Declared properties by name; others and secret ones are left out. */
  static <T> Projection<T> of(DataType<T, ?, ?> type, Collection<String> names) {
    Map<String, Property<T>> chosen = new LinkedHashMap<>(type.properties());
    chosen.keySet().retainAll(names);
    chosen.values().removeIf(Property::secret);
    return new Projection<>(chosen, object -> Map.of());
  }

  Set<String> names() {
    return properties.keySet();
  }

  ObjectNode render(T object, RenderContext context) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    properties.forEach((name, property) -> render(json, property, object, context));
    further.apply(object).forEach((name, property) -> render(json, property, object, context));
    return json;
  }

  private static <T> void render(
      ObjectNode json, Property<T> property, T object, RenderContext context) {
    JsonNode value = property.renderer().render(object, context);
    if (!value.isMissingNode()) {
      json.set(property.name(), value);
    }
  }
}
