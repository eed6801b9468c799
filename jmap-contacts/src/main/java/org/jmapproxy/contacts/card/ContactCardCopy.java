package org.jmapproxy.contacts.card;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.CallContinuation;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.type.CopyRecipe;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** ContactCard/copy (RFC 9610 section 3.6): media go along as blobs of the other account. */
final class ContactCardCopy implements CopyRecipe {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Override
  public Result copy(CallContinuation call, Id fromAccountId, Id accountId, ObjectNode create) {
    Map<String, JsonNode> originals = originals(call, fromAccountId, create);
    ObjectNode created = JSON.objectNode();
    ObjectNode notCreated = JSON.objectNode();
    ObjectNode copies = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : create.properties()) {
      JsonNode original = originals.get(entry.getValue().path("id").asString(""));
      if (original == null) {
        notCreated.set(entry.getKey(), SetError.notFound().toJson());
        continue;
      }
      ObjectNode copy = original.asObject().deepCopy();
      copy.setAll(entry.getValue().asObject());
      copy.remove("id");
      try {
        if (!entry.getValue().has("media")) {
          copyMedia(call, fromAccountId, accountId, copy.path("media"));
        }
        copies.set(entry.getKey(), copy);
      } catch (MethodException e) {
        MethodError error = e.error();
        notCreated.set(
            entry.getKey(),
            new SetError(error.type(), error.description(), List.of(), Map.of()).toJson());
      }
    }
    if (!copies.isEmpty()) {
      ObjectNode arguments = JSON.objectNode().put("accountId", accountId.value());
      arguments.set("create", copies);
      ObjectNode response = answer(call, "ContactCard/set", arguments);
      putAll(response.path("created"), created);
      putAll(response.path("notCreated"), notCreated);
    }
    return new Result(created, notCreated);
  }

  private static void copyMedia(
      CallContinuation call, Id fromAccountId, Id accountId, JsonNode media) {
    for (JsonNode medium : media) {
      String blobId = medium.path("blobId").asString("");
      if (Id.isValid(blobId)) {
        Id copied = call.copyBlob(fromAccountId, Id.of(blobId), accountId).blobId();
        medium.asObject().put("blobId", copied.value());
      }
    }
  }

  private static Map<String, JsonNode> originals(
      CallContinuation call, Id fromAccountId, ObjectNode create) {
    Set<String> ids = new LinkedHashSet<>();
    create.forEach(copy -> ids.add(copy.path("id").asString("")));
    ObjectNode arguments = JSON.objectNode().put("accountId", fromAccountId.value());
    ArrayNode wanted = arguments.putArray("ids");
    ids.forEach(wanted::add);
    Map<String, JsonNode> originals = new HashMap<>();
    answer(call, "ContactCard/get", arguments)
        .path("list")
        .forEach(card -> originals.put(card.path("id").asString(""), card));
    return originals;
  }

  private static ObjectNode answer(CallContinuation call, String method, ObjectNode arguments) {
    Invocation response = call.call(method, arguments).get(0);
    if (response.isError()) {
      ObjectNode error = response.arguments();
      throw new MethodException(
          MethodError.of(
              error.path("type").asString("serverFail"), error.path("description").asString("")));
    }
    return response.arguments();
  }

  private static void putAll(JsonNode from, ObjectNode into) {
    if (from.isObject()) {
      into.setAll(from.asObject());
    }
  }
}
