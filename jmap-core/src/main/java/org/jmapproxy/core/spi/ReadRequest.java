package org.jmapproxy.core.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;

/**
 * Which objects to read, and how much of them.
 *
 * @param ids the ids without duplicates, or empty for all objects
 * @param properties the properties that will be looked at; an implementation may leave others
 *     unread
 * @param arguments the extra arguments of the /get call
 */
public record ReadRequest(Optional<List<Id>> ids, Set<String> properties, Arguments arguments) {

  /** Copies the collections. */
  public ReadRequest {
    ids = ids.map(List::copyOf);
    properties = Set.copyOf(properties);
  }

  /** Some objects. */
  public static ReadRequest of(List<Id> ids, Set<String> properties) {
    return new ReadRequest(Optional.of(ids), properties, Arguments.none());
  }

  /** All objects. */
  public static ReadRequest all(Set<String> properties) {
    return new ReadRequest(Optional.empty(), properties, Arguments.none());
  }
}
