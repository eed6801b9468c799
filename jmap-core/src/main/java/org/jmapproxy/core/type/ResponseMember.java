package org.jmapproxy.core.type;

import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.Roles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/**
 * A member that a data type adds to the response of a standard method, such as {@code
 * updatedProperties} of Mailbox/changes.
 *
 * @param name the name on the wire
 * @param value its value
 */
public record ResponseMember(String name, Value value) {

  /** Computes the value. */
  @FunctionalInterface
  public interface Value {

    /**
     * The value.
     *
     * @param changes the changes answered, for /changes only
     */
    JsonNode of(CallContext context, Roles roles, Arguments arguments, Optional<Changes> changes);
  }

  /**
   * The member {@code updatedProperties} of /changes: the only properties that changed, or null
   * where that is not known or they are not so few.
   */
  public static ResponseMember updatedProperties() {
    return new ResponseMember(
        "updatedProperties",
        (context, roles, arguments, changes) ->
            changes
                .flatMap(Changes::updatedProperties)
                .<JsonNode>map(ResponseMember::names)
                .orElse(NullNode.instance));
  }

  private static ArrayNode names(Set<String> properties) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    properties.stream().sorted().forEach(names::add);
    return names;
  }
}
