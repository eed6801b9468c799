package org.jmapproxy.mail.email;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.UploadedBlob;
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

/**
 * Copies Emails to another account (RFC 8621 section 4.7): the message as a blob, then an import.
 */
final class EmailCopy implements CopyRecipe {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> SETTABLE = List.of("mailboxIds", "keywords", "receivedAt");

  @Override
  public Result copy(CallContinuation call, Id fromAccountId, Id accountId, ObjectNode create) {
    Map<String, JsonNode> originals = originals(call, fromAccountId, create);
    ObjectNode notCreated = JSON.objectNode();
    ObjectNode imports = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : create.properties()) {
      ObjectNode copy = entry.getValue().asObject();
      Optional<JsonNode> original = Optional.ofNullable(originals.get(id(copy)));
      Optional<SetError> refusal =
          original.isEmpty() ? Optional.of(SetError.notFound()) : refusal(copy);
      if (refusal.isPresent()) {
        notCreated.set(entry.getKey(), refusal.get().toJson());
        continue;
      }
      try {
        Id blobId = Id.of(original.get().path("blobId").stringValue());
        UploadedBlob message = call.copyBlob(fromAccountId, blobId, accountId);
        imports.set(entry.getKey(), emailImport(message.blobId(), original.get(), copy));
      } catch (MethodException e) {
        MethodError error = e.error();
        notCreated.set(
            entry.getKey(),
            new SetError(error.type(), error.description(), List.of(), Map.of()).toJson());
      }
    }
    ObjectNode created = JSON.objectNode();
    if (!imports.isEmpty()) {
      ObjectNode arguments = JSON.objectNode().put("accountId", accountId.value());
      arguments.set("emails", imports);
      ObjectNode response = answer(call, "Email/import", arguments);
      putAll(response.path("created"), created);
      putAll(response.path("notCreated"), notCreated);
    }
    return new Result(created, notCreated);
  }

  private static Map<String, JsonNode> originals(
      CallContinuation call, Id fromAccountId, ObjectNode create) {
    Set<String> ids = new LinkedHashSet<>();
    create.forEach(copy -> ids.add(id(copy)));
    ObjectNode arguments = JSON.objectNode().put("accountId", fromAccountId.value());
    ArrayNode wanted = arguments.putArray("ids");
    ids.forEach(wanted::add);
    arguments.putArray("properties").add("blobId").add("keywords").add("receivedAt");
    Map<String, JsonNode> originals = new HashMap<>();
    answer(call, "Email/get", arguments)
        .path("list")
        .forEach(email -> originals.put(id(email), email));
    return originals;
  }

  private static Optional<SetError> refusal(ObjectNode copy) {
    return copy.propertyNames().stream()
        .filter(name -> !name.equals("id") && !SETTABLE.contains(name))
        .findFirst()
        .map(name -> SetError.invalidProperty(name, "cannot be changed by a copy"));
  }

  /** What the copy does not say, the original does. */
  private static ObjectNode emailImport(Id blobId, JsonNode original, ObjectNode copy) {
    ObjectNode email = JSON.objectNode().put("blobId", blobId.value());
    for (String name : SETTABLE) {
      JsonNode value = copy.has(name) ? copy.get(name) : original.path(name);
      if (!value.isMissingNode()) {
        email.set(name, value);
      }
    }
    return email;
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

  private static String id(JsonNode object) {
    return object.path("id").asString("");
  }

  private static void putAll(JsonNode from, ObjectNode into) {
    if (from.isObject()) {
      into.setAll(from.asObject());
    }
  }
}
