package org.jmapproxy.core.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;

/**
 * An account kept in memory: blobs, change signals, and the objects of any types that are added to
 * it. Thread-safe once it is set up.
 */
public final class InMemoryAccount implements Account {

  private final Id id;
  private final ChangeBus bus = new ChangeBus();
  private final Map<Role<?>, Consumer<Roles.Builder>> roles = new LinkedHashMap<>();
  private volatile Roles current = Roles.builder().build();
  private volatile boolean readOnly;

  /** An account without objects. */
  public InMemoryAccount(Id id) {
    this.id = id;
    with(BlobRole.ROLE, new InMemoryBlobs());
    with(ChangeSignals.ROLE, bus.signals(id));
  }

  /**
   * Adds all roles of a type.
   *
   * @param creator makes the object of a creation
   * @param updater applies an update to an object
   * @return the objects, also as the back door to them
   */
  public <T, C, U> InMemoryObjects<T, C, U> add(
      DataType<T, C, U> type, BiFunction<Id, C, T> creator, BiFunction<T, U, T> updater) {
    InMemoryObjects<T, C, U> objects = new InMemoryObjects<>(this, type, creator, updater, bus);
    with(type.readRole(), objects);
    with(type.changesRole(), objects.changes());
    with(type.writeRole(), objects);
    with(type.queryRole(), objects);
    return objects;
  }

  /** Adds any role. */
  public <R> InMemoryAccount with(Role<R> role, R implementation) {
    roles.put(role, builder -> builder.with(role, implementation));
    rebuild();
    return this;
  }

  /** Takes a role away. */
  public InMemoryAccount without(Role<?> role) {
    roles.remove(role);
    rebuild();
    return this;
  }

  /** Lets nobody change anything but through the back door. */
  public InMemoryAccount readOnly() {
    readOnly = true;
    return this;
  }

  private void rebuild() {
    Roles.Builder builder = Roles.builder();
    roles.values().forEach(role -> role.accept(builder));
    current = builder.build();
  }

  @Override
  public Id id() {
    return id;
  }

  @Override
  public String name() {
    return id.value();
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public Roles roles() {
    return current;
  }
}
