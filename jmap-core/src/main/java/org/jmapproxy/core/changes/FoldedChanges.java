package org.jmapproxy.core.changes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;

/** Events of many objects, folded to what a client has to know of each. */
final class FoldedChanges {

  /** What became of one object between two states. */
  private record Fate(boolean existed, boolean exists) {

    boolean isWorthTelling() {
      return existed || exists;
    }
  }

  private final Map<Id, Fate> fates = new LinkedHashMap<>();
  private Optional<Set<String>> properties = Optional.of(Set.of());
  private int told;

  /** Adds an event unless more objects than the maximum would have to be told. */
  boolean addIfWithin(Event event, int max) {
    Optional<Fate> before = Optional.ofNullable(fates.get(event.id()));
    Fate after =
        new Fate(
            before.map(Fate::existed).orElse(event.kind() != Event.Kind.CREATED),
            event.kind() != Event.Kind.DESTROYED);
    int tells = told - count(before) + count(Optional.of(after));
    if (tells > max) {
      return false;
    }
    told = tells;
    fates.put(event.id(), after);
    if (after.existed() && event.kind() != Event.Kind.DESTROYED) {
      properties = union(properties, event.properties());
    }
    return true;
  }

  Changes toChanges(State oldState, State newState, boolean hasMore) {
    List<Id> created = new ArrayList<>();
    List<Id> updated = new ArrayList<>();
    List<Id> destroyed = new ArrayList<>();
    fates.forEach(
        (id, fate) -> {
          if (fate.existed()) {
            (fate.exists() ? updated : destroyed).add(id);
          } else if (fate.exists()) {
            created.add(id);
          }
        });
    Optional<Set<String>> known = properties.filter(names -> !names.isEmpty());
    return new Changes(oldState, newState, hasMore, created, updated, destroyed, known);
  }

  /** All properties of both; not known as soon as either is not known. */
  static Optional<Set<String>> union(Optional<Set<String>> one, Optional<Set<String>> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    Set<String> all = new HashSet<>(one.get());
    all.addAll(other.get());
    return Optional.of(Set.copyOf(all));
  }

  private static int count(Optional<Fate> fate) {
    return fate.filter(Fate::isWorthTelling).isPresent() ? 1 : 0;
  }
}
