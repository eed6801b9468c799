package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.CallContinuation;
import org.jmapproxy.core.type.CopyRecipe;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Copies what clients may set: /get in one account, /set in the other. */
final class ReadAndCreate implements CopyRecipe {

  private final DataType<?, ?, ?> type;
  private final int maxObjectsInGet;

  ReadAndCreate(DataType<?, ?, ?> type, int maxObjectsInGet) {
    this.type = type;
    this.maxObjectsInGet = maxObjectsInGet;
  }

  @Override
  public Result copy(CallContinuation call, Id fromAccountId, Id accountId, ObjectNode create) {
    Calls calls = new Calls(call, type.name());
    Map<String, JsonNode> originals = read(calls, fromAccountId, create);
    ObjectNode created = JsonNodeFactory.instance.objectNode();
    ObjectNode notCreated = JsonNodeFactory.instance.objectNode();
    ObjectNode copies = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : create.properties()) {
      JsonNode original = originals.get(entry.getValue().path("id").asString(""));
      if (original == null) {
        notCreated.set(entry.getKey(), SetError.notFound().toJson());
      } else {
        copies.set(entry.getKey(), copy(original, entry.getValue().asObject()));
      }
    }
    if (!copies.isEmpty()) {
      ObjectNode arguments =
          JsonNodeFactory.instance.objectNode().put("accountId", accountId.value());
      arguments.set("create", copies);
      ObjectNode response = calls.make("set", arguments);
      putAll(response.path("created"), created);
      putAll(response.path("notCreated"), notCreated);
    }
    return new Result(created, notCreated);
  }

  private Map<String, JsonNode> read(Calls calls, Id fromAccountId, ObjectNode create) {
    LinkedHashSet<String> distinct = new LinkedHashSet<>();
    create.forEach(object -> distinct.add(object.path("id").asString("")));
    List<String> ids = new ArrayList<>(distinct);
    Map<String, JsonNode> originals = new HashMap<>();
    for (int from = 0; from < ids.size(); from += maxObjectsInGet) {
      ObjectNode arguments =
          JsonNodeFactory.instance.objectNode().put("accountId", fromAccountId.value());
      ArrayNode page = arguments.putArray("ids");
      ids.subList(from, Math.min(ids.size(), from + maxObjectsInGet)).forEach(page::add);
      ArrayNode properties = arguments.putArray("properties").add("id");
      type.properties().values().stream()
          .filter(ReadAndCreate::isCopied)
          .forEach(property -> properties.add(property.name()));
      calls
          .make("get", arguments)
          .path("list")
          .forEach(object -> originals.put(object.path("id").asString(""), object));
    }
    return originals;
  }

  private static boolean isCopied(Property<?> property) {
    return property.access() != Property.Access.SERVER_SET && !property.derived();
  }

  private ObjectNode copy(JsonNode original, ObjectNode changes) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Property<?> property : type.properties().values()) {
      JsonNode value = original.get(property.name());
      if (value != null && isCopied(property) && property.type().problem(value).isEmpty()) {
        copy.set(property.name(), value);
      }
    }
    copy.setAll(changes);
    copy.remove("id");
    return copy;
  }

  private static void putAll(JsonNode from, ObjectNode into) {
    if (from.isObject()) {
      into.setAll(from.asObject());
    }
  }
}
