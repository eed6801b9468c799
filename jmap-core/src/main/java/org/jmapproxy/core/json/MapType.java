package org.jmapproxy.core.json;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** An object whose keys are data, with values of one type. */
record MapType(Optional<JsonType> key, JsonType element) implements JsonType {

  @Override
  public Optional<String> problem(JsonNode value) {
    if (!value.isObject()) {
      return Optional.of("must be an object");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      Optional<String> problem =
          key.flatMap(type -> type.problem(StringNode.valueOf(entry.getKey())))
              .or(() -> element.problem(entry.getValue()));
      if (problem.isPresent()) {
        return Optional.of("/" + JsonPath.escape(entry.getKey()) + " " + problem.get());
      }
    }
    return Optional.empty();
  }

  @Override
  public JsonNode mapIds(JsonNode value, UnaryOperator<String> resolver) {
    if (!value.isObject()) {
      return value;
    }
    ObjectNode mapped = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = key.isPresent() ? resolver.apply(entry.getKey()) : entry.getKey();
      mapped.set(name, element.mapIds(entry.getValue(), resolver));
    }
    return mapped;
  }

  @Override
  public JsonType member(String name) {
    return element;
  }
}
