package org.jmapproxy.core.query;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jmapproxy.core.argument.Argument;

/**
 * A property that objects of a data type can be sorted by.
 *
 * @param <T> the object
 * @param name the name on the wire
 * @param immutable whether the value of an object never changes
 * @param extras members that a Comparator with this property has beside those of RFC 8620, for
 *     example {@code keyword}; they are required, their default values are not used
 * @param order makes the ascending order; absent when only a query role can sort by it
 */
public record SortProperty<T>(
    String name,
    boolean immutable,
    List<Argument<?>> extras,
    Optional<Function<SortBy, Comparator<T>>> order) {

  /** Copies the list. */
  public SortProperty {
    extras = List.copyOf(extras);
  }

  /** A property with an order of its own. */
  public static <T> SortProperty<T> of(String name, Comparator<T> order) {
    return new SortProperty<>(name, false, List.of(), Optional.of(by -> order));
  }

  /** A property that only a query role can sort by. */
  public static <T> SortProperty<T> remote(String name, Argument<?>... extras) {
    return new SortProperty<>(name, false, List.of(extras), Optional.empty());
  }

  /** The same property, on values that never change. */
  public SortProperty<T> asImmutable() {
    return new SortProperty<>(name, true, extras, order);
  }

  @Override
  public String toString() {
    return name;
  }
}
