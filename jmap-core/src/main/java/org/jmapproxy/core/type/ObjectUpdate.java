package org.jmapproxy.core.type;

import java.util.Map;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An update whose patch applies to the object as it was read, with creation ids resolved.
 *
 * @param call the /set call
 * @param roles the abilities of the account
 * @param id the object
 * @param before the old values of the top-level properties that the patch touches
 * @param after their new values, without those that are left out by the patch
 * @param patch the patch itself: pointers without leading slash, {@code NullNode} removes or resets
 */
public record ObjectUpdate(
    CallContext call,
    Roles roles,
    Id id,
    ObjectNode before,
    ObjectNode after,
    Map<String, JsonNode> patch) {

  /** Copies the patch, in its order. */
  public ObjectUpdate {
    patch = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(patch));
  }
}
