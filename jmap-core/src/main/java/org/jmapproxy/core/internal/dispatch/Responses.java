package org.jmapproxy.core.internal.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.method.Invocation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the calls of a request came to.
 *
 * @param methodResponses in the order of the calls
 * @param createdIds present if the request had them
 */
public record Responses(
    List<Invocation> methodResponses, Optional<Map<String, String>> createdIds) {

  /** The Response object (RFC 8620 section 3.4). */
  public ObjectNode toJson(String sessionState) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode responses = json.putArray("methodResponses");
    methodResponses.forEach(response -> responses.add(response.toJson()));
    createdIds.ifPresent(
        ids -> {
          ObjectNode object = json.putObject("createdIds");
          ids.forEach(object::put);
        });
    return json.put("sessionState", sessionState);
  }
}
