package org.jmapproxy.core.type;

import java.util.Optional;
import java.util.Set;

/**
 * A family of properties whose names are data, such as {@code header:*} of an Email.
 *
 * @param <T> the object
 */
@FunctionalInterface
public interface DynamicProperties<T> {

  /** The property of this name; empty when the name is not one of the family's. */
  Optional<Property<T>> find(String name);

  /**
   * The names that an object has, for families that a /get shows without being asked for them by
   * name: those of open formats, whose objects may have members that nobody declared.
   */
  default Set<String> namesOf(T object) {
    return Set.of();
  }
}
