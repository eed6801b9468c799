package org.jmapproxy.core.type;

import java.util.Optional;

/**
 * A family of properties whose names are data, such as {@code header:*} of an Email.
 *
 * @param <T> the object
 */
@FunctionalInterface
public interface DynamicProperties<T> {

  /** The property of this name; empty when the name is not one of the family's. */
  Optional<Property<T>> find(String name);
}
