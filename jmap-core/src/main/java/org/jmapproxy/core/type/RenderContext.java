package org.jmapproxy.core.type;

import java.util.function.Predicate;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;

/**
 * What a renderer may look at beside the object.
 *
 * @param call the call that is answered
 * @param arguments the extra arguments of the /get call
 * @param roles the account's abilities
 * @param typesInUse whether a data type, by its name, is one that the request asked for
 */
public record RenderContext(
    CallContext call, Arguments arguments, Roles roles, Predicate<String> typesInUse) {

  /** For a request that asked for every type. */
  public RenderContext(CallContext call, Arguments arguments, Roles roles) {
    this(call, arguments, roles, typeName -> true);
  }

  /** With a role more, for the renderers of this call alone; it hides one of the same key. */
  public <R> RenderContext with(Role<R> role, R implementation) {
    return new RenderContext(call, arguments, roles.with(role, implementation), typesInUse);
  }
}
