package org.jmapproxy.core.query;

import java.util.Optional;
import org.jmapproxy.core.argument.Arguments;

/**
 * A validated Comparator (RFC 8620 section 5.5).
 *
 * @param property what to sort by
 * @param isAscending the direction
 * @param collation the collation asked for, one of those announced
 * @param extras values of the property's own members
 */
public record SortBy(
    SortProperty<?> property, boolean isAscending, Optional<String> collation, Arguments extras) {

  /** By a property, without extras. */
  public static SortBy of(SortProperty<?> property, boolean isAscending) {
    return new SortBy(property, isAscending, Optional.empty(), Arguments.none());
  }
}
