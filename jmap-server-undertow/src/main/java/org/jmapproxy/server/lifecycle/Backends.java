package org.jmapproxy.server.lifecycle;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.core.id.Id;

/** The kinds of accounts this proxy can serve, by the {@code type} of the management API. */
public final class Backends implements AutoCloseable {

  private final Map<String, Backend> byType;

  private Backends(Map<String, Backend> byType) {
    this.byType = byType;
  }

  /**
   * The given backends and those that an operator has dropped into the class path.
   *
   * @throws IllegalStateException if two have one type
   */
  public static Backends of(List<Backend> builtIn) {
    Map<String, Backend> byType = new LinkedHashMap<>();
    builtIn.forEach(backend -> add(byType, backend));
    ServiceLoader.load(Backend.class).forEach(backend -> add(byType, backend));
    return new Backends(byType);
  }

  /** The backend of a type. */
  public Optional<Backend> ofType(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /** When accounts have something to do. */
  Map<Id, Instant> due() {
    Map<Id, Instant> due = new LinkedHashMap<>();
    byType.values().forEach(backend -> due.putAll(backend.due()));
    return due;
  }

  @Override
  public void close() {
    byType.values().forEach(Backend::close);
  }

  private static void add(Map<String, Backend> byType, Backend backend) {
    if (byType.putIfAbsent(backend.type(), backend) != null) {
      throw new IllegalStateException("Two backends serve accounts of type " + backend.type());
    }
  }
}
