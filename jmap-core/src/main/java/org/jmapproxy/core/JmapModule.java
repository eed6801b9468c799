package org.jmapproxy.core;

import java.util.List;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;

/**
 * Something that an application adds to a server: capabilities, data types and further methods. All
 * lists are read once, when the server is built.
 */
public interface JmapModule {

  /** The capabilities, shown in the session. */
  List<Capability> capabilities();

  /** The data types, from which the standard methods are derived. */
  default List<DataType<?, ?, ?>> dataTypes() {
    return List.of();
  }

  /** Abilities that no account has: those that serve types without account. */
  default Roles roles() {
    return Roles.builder().build();
  }

  /** Methods beyond the standard ones. */
  default List<Method> methods() {
    return List.of();
  }
}
