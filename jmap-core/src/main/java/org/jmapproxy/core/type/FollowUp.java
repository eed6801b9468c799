package org.jmapproxy.core.type;

import java.util.List;
import java.util.Map;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Implicit calls after a /set or /copy, such as the Email/set that {@code onSuccessUpdateEmail}
 * asks for (RFC 8621 section 7.5). They run at once and answer under the same call id.
 */
@FunctionalInterface
public interface FollowUp {

  /**
   * The calls to make, in order; their call ids are replaced.
   *
   * @param arguments the arguments of the call, as sent but with result references resolved
   * @param response the arguments of its response
   * @param createdIds looks up ids by creation id, of this call and of earlier ones
   */
  List<Invocation> after(ObjectNode arguments, ObjectNode response, Map<String, String> createdIds);

  /**
   * Called before the call changes anything: looks up what will no longer be there afterwards.
   *
   * @param context the request around the call
   * @param arguments the arguments of the call, as sent but with result references resolved
   * @return what is asked {@link #after} the call; this very object if nothing has to be known
   */
  default FollowUp knowing(MethodContext context, ObjectNode arguments) {
    return this;
  }
}
