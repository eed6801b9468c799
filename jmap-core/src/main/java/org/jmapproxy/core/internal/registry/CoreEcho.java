package org.jmapproxy.core.internal.registry;

import java.util.List;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import tools.jackson.databind.node.ObjectNode;

/** {@code Core/echo} (RFC 8620 section 4). */
final class CoreEcho implements Method {

  @Override
  public String name() {
    return "Core/echo";
  }

  @Override
  public String capability() {
    return CoreModule.CORE;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    return List.of(new Invocation(name(), arguments, ""));
  }
}
