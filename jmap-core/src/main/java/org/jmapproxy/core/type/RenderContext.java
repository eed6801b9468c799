package org.jmapproxy.core.type;

import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;

/**
 * What a renderer may look at beside the object.
 *
 * @param call the call that is answered
 * @param arguments the extra arguments of the /get call
 * @param roles the account's abilities
 */
public record RenderContext(CallContext call, Arguments arguments, Roles roles) {}
