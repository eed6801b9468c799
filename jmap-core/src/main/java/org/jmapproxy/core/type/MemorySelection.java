package org.jmapproxy.core.type;

import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.SortBy;

/**
 * Answers a query by looking at all objects, as the engine does for accounts without a query role.
 * For backends that have such a role and want the same answer.
 */
public final class MemorySelection {

  private MemorySelection() {}

  /**
   * The objects found, in order; those that the sort leaves equal in the order of their ids.
   *
   * @param query only with filter properties that have a test, and sort properties that have an
   *     order
   */
  public static <T> List<T> of(DataType<T, ?, ?> type, List<T> all, Query query) {
    Predicate<T> matches = query.filter().map(MemorySelection::<T>predicate).orElse(o -> true);
    return type.memoryQuery().run(all, query, matches, order(type, query.sort()));
  }

  private static <T> Predicate<T> predicate(Filter filter) {
    if (filter instanceof Filter.And and) {
      List<Predicate<T>> operands = predicates(and.filters());
      return object -> operands.stream().allMatch(operand -> operand.test(object));
    } else if (filter instanceof Filter.Or or) {
      List<Predicate<T>> operands = predicates(or.filters());
      return object -> operands.stream().anyMatch(operand -> operand.test(object));
    } else if (filter instanceof Filter.Not not) {
      List<Predicate<T>> operands = predicates(not.filters());
      return object -> operands.stream().noneMatch(operand -> operand.test(object));
    }
    return condition((Filter.Condition<?>) filter);
  }

  private static <T> List<Predicate<T>> predicates(List<Filter> filters) {
    return filters.stream().map(MemorySelection::<T>predicate).toList();
  }

  @SuppressWarnings("unchecked") // the property was found in the declaration of T
  private static <T, V> Predicate<T> condition(Filter.Condition<V> condition) {
    BiPredicate<T, V> test = (BiPredicate<T, V>) condition.property().test().orElseThrow();
    return object -> test.test(object, condition.value());
  }

  private static <T> Comparator<T> order(DataType<T, ?, ?> type, List<SortBy> sort) {
    Comparator<T> byId = Comparator.comparing(type::idOf);
    return sort.stream()
        .map(MemorySelection::<T>comparator)
        .reduce(Comparator::thenComparing)
        .map(order -> order.thenComparing(byId))
        .orElse(byId);
  }

  @SuppressWarnings("unchecked") // the property was found in the declaration of T
  private static <T> Comparator<T> comparator(SortBy by) {
    Function<SortBy, ? extends Comparator<?>> order = by.property().order().orElseThrow();
    Comparator<T> ascending = (Comparator<T>) order.apply(by);
    return by.isAscending() ? ascending : ascending.reversed();
  }
}
