package org.jmapproxy.backend.passthrough.internal.forward;

import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One place of account ids in the arguments of a call or response. */
@FunctionalInterface
interface AccountIdPlace {

  /** Puts other ids there; what is below the given arguments is copied before it is changed. */
  void replace(ObjectNode arguments, UnaryOperator<String> ids);

  /** A property of the conditions of {@code filter}: an id or a list of ids. */
  static AccountIdPlace inFilter(String property) {
    return (arguments, ids) -> {
      if (arguments.get("filter") instanceof ObjectNode filter) {
        ObjectNode copy = filter.deepCopy();
        replaceInCondition(copy, property, ids);
        arguments.set("filter", copy);
      }
    };
  }

  /** A property of the objects in {@code list}: an id. */
  static AccountIdPlace inList(String property) {
    return (arguments, ids) ->
        arguments.path("list").forEach(object -> replaceMember(object, property, ids));
  }

  /** A property of the objects in {@code list}: a map by ids, of which only known ones are kept. */
  static AccountIdPlace keysInList(String property) {
    return (arguments, ids) ->
        arguments.path("list").forEach(object -> replaceKeys(object, property, ids));
  }

  /** A member of each of the {@code capabilities} of the objects in {@code list}. */
  static AccountIdPlace inCapabilitiesInList(String member) {
    return (arguments, ids) ->
        arguments
            .path("list")
            .forEach(
                object ->
                    object
                        .path("capabilities")
                        .forEach(capability -> replaceMember(capability, member, ids)));
  }

  private static void replaceInCondition(
      ObjectNode condition, String property, UnaryOperator<String> ids) {
    for (JsonNode inner : condition.path("conditions")) {
      if (inner instanceof ObjectNode object) {
        replaceInCondition(object, property, ids);
      }
    }
    if (condition.get(property) instanceof ArrayNode list) {
      ArrayNode replaced = JsonNodeFactory.instance.arrayNode();
      list.forEach(id -> replaced.add(replaced(id, ids)));
      condition.set(property, replaced);
    }
    replaceMember(condition, property, ids);
  }

  private static void replaceMember(JsonNode object, String property, UnaryOperator<String> ids) {
    if (object instanceof ObjectNode node && node.path(property).isString()) {
      node.set(property, replaced(node.get(property), ids));
    }
  }

  /** Accounts that only the upstream knows are none of ours, and could be taken for one of them. */
  private static void replaceKeys(JsonNode object, String property, UnaryOperator<String> ids) {
    if (object instanceof ObjectNode node && node.get(property) instanceof ObjectNode map) {
      ObjectNode kept = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        String id = ids.apply(entry.getKey());
        if (!id.equals(entry.getKey())) {
          kept.set(id, entry.getValue());
        }
      }
      node.set(property, kept);
    }
  }

  private static JsonNode replaced(JsonNode id, UnaryOperator<String> ids) {
    return id.isString() ? JsonNodeFactory.instance.stringNode(ids.apply(id.stringValue())) : id;
  }
}
