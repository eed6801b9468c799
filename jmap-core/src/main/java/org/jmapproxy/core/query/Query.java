package org.jmapproxy.core.query;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.argument.Arguments;

/**
 * What a /query call looks for, without its window.
 *
 * @param filter absent: everything
 * @param sort the most important first; where all are equal, the implementation's own total order
 * @param arguments extra arguments of the type, such as {@code collapseThreads}
 */
public record Query(Optional<Filter> filter, List<SortBy> sort, Arguments arguments) {

  /** Copies the list. */
  public Query {
    sort = List.copyOf(sort);
  }

  /** Everything, in the implementation's own order. */
  public static Query all() {
    return new Query(Optional.empty(), List.of(), Arguments.none());
  }
}
