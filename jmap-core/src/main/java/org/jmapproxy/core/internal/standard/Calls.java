package org.jmapproxy.core.internal.standard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.CallContinuation;
import org.jmapproxy.core.method.Invocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls made on behalf of a call, whose errors become its own. */
final class Calls {

  private final CallContinuation continuation;
  private final String type;

  Calls(CallContinuation continuation, String type) {
    this.continuation = continuation;
    this.type = type;
  }

  /** The response's arguments. */
  ObjectNode make(String method, ObjectNode arguments) {
    List<Invocation> responses = continuation.call(type + "/" + method, arguments);
    if (responses.isEmpty()) {
      throw new MethodException(MethodError.serverFail(type + "/" + method + " was not answered"));
    }
    Invocation response = responses.get(0);
    if (response.isError()) {
      throw new MethodException(error(response.arguments()));
    }
    return response.arguments();
  }

  /** The state of the type in an account. */
  String state(Id accountId) {
    ObjectNode arguments =
        JsonNodeFactory.instance.objectNode().put("accountId", accountId.value());
    arguments.putArray("ids");
    return make("get", arguments).path("state").asString("");
  }

  private static MethodError error(ObjectNode json) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    json.forEachEntry(members::put);
    members.remove("type");
    members.remove("description");
    return new MethodError(
        json.path("type").asString("serverFail"),
        Optional.of(json.path("description").asString("")).filter(text -> !text.isEmpty()),
        members);
  }
}
