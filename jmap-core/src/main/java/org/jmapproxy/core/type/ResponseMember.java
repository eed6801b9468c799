package org.jmapproxy.core.type;

import java.util.Optional;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.Roles;
import tools.jackson.databind.JsonNode;

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
}
