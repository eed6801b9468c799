package org.jmapproxy.core.type;

import java.util.function.Predicate;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.spi.CallContext;
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
}
