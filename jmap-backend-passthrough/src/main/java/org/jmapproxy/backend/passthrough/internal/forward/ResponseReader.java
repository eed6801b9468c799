package org.jmapproxy.backend.passthrough.internal.forward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.backend.passthrough.internal.http.OutcomeUnknownException;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Response object (RFC 8620 section 3.4) of an upstream, of which nothing is believed: responses
 * to calls that were not made are left out, and so are ids that are none.
 */
final class ResponseReader {

  private final InvocationForwarder.Run run;
  private final ObjectNode response;
  private final ArrayNode invocations;

  /**
   * Looks at a response.
   *
   * @throws OutcomeUnknownException when it is no Response object
   */
  ResponseReader(InvocationForwarder.Run run, ObjectNode response) {
    this.run = run;
    this.response = response;
    if (!(response.path("methodResponses") instanceof ArrayNode found)) {
      throw new OutcomeUnknownException("the account's server answers something that is not JMAP");
    }
    invocations = found;
  }

  /** The state of the session; empty if it is not told. */
  String sessionState() {
    return response.path("sessionState").asString("");
  }

  /** The responses to the calls of the run, in order. */
  List<Invocation> responses() {
    Set<String> asked = new HashSet<>();
    run.calls().forEach(call -> asked.add(call.callId()));
    List<Invocation> responses = new ArrayList<>();
    for (JsonNode one : invocations) {
      if (one.path(0).isString()
          && one.path(1) instanceof ObjectNode arguments
          && one.path(2).isString()
          && asked.contains(one.get(2).stringValue())) {
        responses.add(
            new Invocation(one.get(0).stringValue(), arguments, one.get(2).stringValue()));
      }
    }
    return responses;
  }

  /** The ids that the run added; told by the upstream, or else read from what was created. */
  Map<String, String> createdIds() {
    Map<String, String> added = new LinkedHashMap<>();
    for (Invocation one : responses()) {
      for (Map.Entry<String, JsonNode> created : one.arguments().path("created").properties()) {
        put(added, created.getKey(), created.getValue().path("id"));
      }
    }
    for (Map.Entry<String, JsonNode> told : response.path("createdIds").properties()) {
      put(added, told.getKey(), told.getValue());
    }
    run.createdIds().forEach(added::remove);
    return added;
  }

  private static void put(Map<String, String> ids, String creationId, JsonNode id) {
    if (id.isString() && Id.isValid(id.stringValue()) && Id.isValid(creationId)) {
      ids.put(creationId, id.stringValue());
    }
  }
}
