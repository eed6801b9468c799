package org.jmapproxy.core.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;

/**
 * What happened to the objects of one type since a state (RFC 8620 section 5.2). No id stands in
 * two lists.
 *
 * @param oldState the state asked for
 * @param newState the state that these changes lead to; not the current one if there are more
 * @param hasMoreChanges whether to ask again from {@code newState}
 * @param created objects that did not exist at the old state and do now
 * @param updated objects that existed and have changed
 * @param destroyed objects that existed and are gone
 * @param updatedProperties the only properties that changed in {@code updated}, if it is known that
 *     they are so few
 */
public record Changes(
    State oldState,
    State newState,
    boolean hasMoreChanges,
    List<Id> created,
    List<Id> updated,
    List<Id> destroyed,
    Optional<Set<String>> updatedProperties) {

  /** Copies the lists. */
  public Changes {
    created = List.copyOf(created);
    updated = List.copyOf(updated);
    destroyed = List.copyOf(destroyed);
    updatedProperties = updatedProperties.map(Set::copyOf);
  }

  /** Nothing happened. */
  public static Changes none(State state) {
    return new Changes(state, state, false, List.of(), List.of(), List.of(), Optional.empty());
  }

  /** How many ids there are. */
  public int size() {
    return created.size() + updated.size() + destroyed.size();
  }
}
