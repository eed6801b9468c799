package org.jmapproxy.core.internal.standard;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.type.DataType;

/** A result found by filtering and sorting all objects of the account. */
final class MemoryResult implements QueryResult {

  private final List<Id> ids;

  private MemoryResult(List<Id> ids) {
    this.ids = ids;
  }

  static <T> MemoryResult of(TypeCall<T, ?, ?> call, Query query) {
    DataType<T, ?, ?> type = call.type();
    Predicate<T> matches = query.filter().map(MemoryResult::<T>predicate).orElse(object -> true);
    List<T> found =
        type.memoryQuery().run(call.readAll(), query, matches, order(type, query.sort()));
    return new MemoryResult(found.stream().map(type::idOf).toList());
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
    return filters.stream().map(MemoryResult::<T>predicate).toList();
  }

  @SuppressWarnings("unchecked") // the property was found in the declaration of T
  private static <T, V> Predicate<T> condition(Filter.Condition<V> condition) {
    BiPredicate<T, V> test = (BiPredicate<T, V>) condition.property().test().orElseThrow();
    return object -> test.test(object, condition.value());
  }

  private static <T> Comparator<T> order(DataType<T, ?, ?> type, List<SortBy> sort) {
    Comparator<T> byId = Comparator.comparing(type::idOf);
    return sort.stream()
        .map(MemoryResult::<T>comparator)
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

  @Override
  public long total() {
    return ids.size();
  }

  @Override
  public List<Id> page(long position, int limit) {
    int from = (int) Math.min(position, ids.size());
    return ids.subList(from, (int) Math.min((long) from + limit, ids.size()));
  }

  @Override
  public Map<Id, Long> ranks(Collection<Id> wanted) {
    Set<Id> set = new HashSet<>(wanted);
    Map<Id, Long> ranks = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      if (set.contains(ids.get(i))) {
        ranks.put(ids.get(i), (long) i);
      }
    }
    return ranks;
  }
}
