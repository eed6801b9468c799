package org.jmapproxy.core.type;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jmapproxy.core.query.Query;

/**
 * How a query is answered in memory when an account has no query role. Types with arguments such as
 * {@code sortAsTree} bring their own.
 *
 * @param <T> the object
 */
@FunctionalInterface
public interface MemoryQuery<T> {

  /**
   * The result in order.
   *
   * @param all all objects
   * @param query the query, for its extra arguments
   * @param matches the filter
   * @param order the sort, total
   */
  List<T> run(List<T> all, Query query, Predicate<T> matches, Comparator<T> order);

  /** Filters, then sorts. */
  static <T> MemoryQuery<T> filterThenSort() {
    return (all, query, matches, order) -> all.stream().filter(matches).sorted(order).toList();
  }
}
