package org.jmapproxy.core.json;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object whose members are declared one by one. */
record ObjectType(Map<String, JsonType> members) implements JsonType {

  @Override
  public Optional<String> problem(JsonNode value) {
    if (!value.isObject()) {
      return Optional.of("must be an object");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      JsonType type = members.get(entry.getKey());
      Optional<String> problem =
          type == null ? Optional.of("is not known") : type.problem(entry.getValue());
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
      JsonType type = members.getOrDefault(entry.getKey(), ANY);
      mapped.set(entry.getKey(), type.mapIds(entry.getValue(), resolver));
    }
    return mapped;
  }

  @Override
  public JsonType member(String name) {
    return members.getOrDefault(name, ANY);
  }
}
