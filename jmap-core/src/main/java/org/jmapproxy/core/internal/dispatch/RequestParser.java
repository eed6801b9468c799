package org.jmapproxy.core.internal.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a Request of JSON, or says {@code notRequest} and why. Members that are not known are
 * ignored, as section 3.3 demands.
 */
public final class RequestParser {

  private RequestParser() {}

  /**
   * The request.
   *
   * @throws RequestException {@code notRequest}
   */
  public static ApiRequest parse(JsonNode json) {
    if (!json.isObject()) {
      throw refused("the body is not an object");
    }
    return new ApiRequest(
        using(required(json, "using")),
        methodCalls(required(json, "methodCalls")),
        createdIds(json));
  }

  private static Set<String> using(JsonNode json) {
    if (!json.isArray()) {
      throw refused("using is not an array");
    }
    Set<String> using = new HashSet<>();
    for (JsonNode name : json) {
      if (!name.isString()) {
        throw refused("using has an item that is not a string");
      }
      using.add(name.stringValue());
    }
    return using;
  }

  private static List<Invocation> methodCalls(JsonNode json) {
    if (!json.isArray()) {
      throw refused("methodCalls is not an array");
    }
    List<Invocation> calls = new ArrayList<>(json.size());
    for (JsonNode call : json) {
      calls.add(methodCall(call, "methodCalls/" + calls.size()));
    }
    return calls;
  }

  private static Invocation methodCall(JsonNode json, String where) {
    if (!json.isArray() || json.size() != 3) {
      throw refused(where + " is not an array of name, arguments and call id");
    }
    if (!json.get(0).isString()) {
      throw refused(where + "/0, the name, is not a string");
    }
    if (!(json.get(1) instanceof ObjectNode arguments)) {
      throw refused(where + "/1, the arguments, is not an object");
    }
    if (!json.get(2).isString()) {
      throw refused(where + "/2, the call id, is not a string");
    }
    return new Invocation(json.get(0).stringValue(), arguments, json.get(2).stringValue());
  }

  private static Optional<Map<String, String>> createdIds(JsonNode request) {
    JsonNode json = request.get("createdIds");
    if (json == null) {
      return Optional.empty();
    }
    if (!json.isObject()) {
      throw refused("createdIds is not an object");
    }
    Map<String, String> createdIds = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (!Id.isValid(entry.getKey()) || !isId(entry.getValue())) {
        throw refused("createdIds is not a map of ids to ids");
      }
      createdIds.put(entry.getKey(), entry.getValue().stringValue());
    }
    return Optional.of(createdIds);
  }

  private static boolean isId(JsonNode json) {
    return json.isString() && Id.isValid(json.stringValue());
  }

  private static JsonNode required(JsonNode request, String name) {
    JsonNode value = request.get(name);
    if (value == null) {
      throw refused(name + " is missing");
    }
    return value;
  }

  private static RequestException refused(String reason) {
    return new RequestException(RequestError.notRequest(reason));
  }
}
