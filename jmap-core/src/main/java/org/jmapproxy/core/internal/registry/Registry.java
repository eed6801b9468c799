package org.jmapproxy.core.internal.registry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.internal.standard.StandardMethods;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;

/** All that the modules of a server declare, by name. Immutable. */
public final class Registry {

  private final Map<String, Capability> capabilities;
  private final Map<String, DataType<?, ?, ?>> types;
  private final Map<String, Method> methods;
  private final Roles roles;

  private Registry(
      Map<String, Capability> capabilities,
      Map<String, DataType<?, ?, ?>> types,
      Map<String, Method> methods,
      Roles roles) {
    this.capabilities = capabilities;
    this.types = types;
    this.methods = methods;
    this.roles = roles;
  }

  /**
   * Collects the declarations.
   *
   * @throws IllegalStateException when a name is declared twice, a type or method belongs to a
   *     capability that no module declares, or nothing serves a type without account
   */
  public static Registry of(List<JmapModule> modules) {
    Declarations<Capability> capabilities = new Declarations<>("capability");
    Declarations<DataType<?, ?, ?>> types = new Declarations<>("data type");
    Declarations<Method> methods = new Declarations<>("method");
    Roles.Builder roleBuilder = Roles.builder();
    for (JmapModule module : modules) {
      roleBuilder.withAll(module.roles());
      module.capabilities().forEach(one -> capabilities.add(one.urn(), one, module));
      for (DataType<?, ?, ?> type : module.dataTypes()) {
        types.add(type.name(), type, module);
        StandardMethods.of(type).forEach(method -> methods.add(method.name(), method, module));
      }
      module.methods().forEach(method -> methods.add(method.name(), method, module));
    }
    types.all().values().forEach(type -> capabilities.require(type.capability(), type.name()));
    methods.all().values().forEach(one -> capabilities.require(one.capability(), one.name()));
    Roles roles = roleBuilder.build();
    types.all().values().forEach(type -> requireService(type, roles));
    return new Registry(capabilities.all(), types.all(), methods.all(), roles);
  }

  private static void requireService(DataType<?, ?, ?> type, Roles roles) {
    if (!type.isOfAccounts() && !roles.has(type.readRole())) {
      throw new IllegalStateException(type.name() + " has no account, and no module serves it");
    }
  }

  /** Abilities of the server itself. */
  public Roles roles() {
    return roles;
  }

  /** The names of the installed capabilities. */
  public Set<String> capabilityNames() {
    return capabilities.keySet();
  }

  /** The installed capabilities, in the order of the modules. */
  public Collection<Capability> capabilities() {
    return capabilities.values();
  }

  /** The installed data types, in the order of the modules. */
  public Collection<DataType<?, ?, ?>> types() {
    return types.values();
  }

  /** A data type by its name. */
  public Optional<DataType<?, ?, ?>> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** A method by its name. */
  public Optional<Method> method(String name) {
    return Optional.ofNullable(methods.get(name));
  }
}
