package org.jmapproxy.core.method;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A method call or a response (RFC 8620 section 3.2).
 *
 * @param name the method's name, or {@code error}
 * @param arguments named arguments; owned by the receiver
 * @param callId chosen by the client, repeated in responses
 */
public record Invocation(String name, ObjectNode arguments, String callId) {

  /** The three-element array on the wire. */
  public ArrayNode toJson() {
    return JsonNodeFactory.instance.arrayNode().add(name).add(arguments).add(callId);
  }

  /** Whether this is a response that reports a method-level error. */
  public boolean isError() {
    return name.equals("error");
  }
}
