package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.FilterReader;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.QuerySupport;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;

/** What /query and /queryChanges have in common: the query, and who answers it. */
record QueryCall<T, C, U>(TypeCall<T, C, U> call, Query query, Optional<QueryRole> role) {

  /** The arguments that describe a query, as they were sent. */
  record Sent(Optional<JsonNode> filter, Optional<JsonNode> sort, Arguments extras) {

    static Sent read(ArgumentReader reader, DataType<?, ?, ?> type) {
      return new Sent(
          reader.nullable("filter", JsonType.OBJECT),
          reader.nullable("sort", JsonType.listOf(JsonType.OBJECT)),
          reader.extras(extras(type)));
    }

    /** Both methods take the arguments that make a query, whichever they are declared for. */
    private static List<Argument<?>> extras(DataType<?, ?, ?> type) {
      Set<Argument<?>> extras = new LinkedHashSet<>(type.arguments(StandardMethod.QUERY));
      extras.addAll(type.arguments(StandardMethod.QUERY_CHANGES));
      return new ArrayList<>(extras);
    }
  }

  /** Understands a query as far as the account supports it. */
  static <T, C, U> QueryCall<T, C, U> of(TypeCall<T, C, U> call, Sent sent) {
    DataType<T, C, U> type = call.type();
    Optional<QueryRole> role = call.roles().find(type.queryRole());
    QuerySupport support = role.map(QueryRole::support).orElseGet(() -> inMemory(type));
    Optional<Filter> filter =
        new FilterReader(supported(type, support), call.context().creationIds())
            .read(sent.filter());
    List<SortBy> sort = new SortReader(type, support.sorts()).read(sent.sort());
    return new QueryCall<>(call, new Query(filter, sort, sent.extras()), role);
  }

  private static Map<String, FilterProperty<?, ?>> supported(
      DataType<?, ?, ?> type, QuerySupport support) {
    Map<String, FilterProperty<?, ?>> supported = new HashMap<>(type.filters());
    supported.keySet().retainAll(support.filters());
    return supported;
  }

  private static QuerySupport inMemory(DataType<?, ?, ?> type) {
    return new QuerySupport(
        type.filters().values().stream()
            .filter(property -> property.test().isPresent())
            .map(property -> property.name())
            .collect(Collectors.toSet()),
        type.sorts().values().stream()
            .filter(property -> property.order().isPresent())
            .map(property -> property.name())
            .collect(Collectors.toSet()));
  }

  /** The result as it is now. */
  QueryResult result() {
    return role.<QueryResult>map(found -> new RoleResult(call.callContext(), found, query))
        .orElseGet(() -> MemoryResult.of(call, query));
  }

  /** Whether /queryChanges can be answered. */
  boolean canCalculateChanges() {
    return call.type().methods().contains(StandardMethod.QUERY_CHANGES)
        && call.changes().isPresent()
        && role.map(found -> found.canCalculateChanges(call.callContext(), query)).orElse(true);
  }

  /** Whether filter and sort are on properties that never change. */
  boolean isImmutable() {
    return query.filter().map(QueryCall::isImmutable).orElse(true)
        && query.sort().stream().allMatch(by -> by.property().immutable());
  }

  private static boolean isImmutable(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.filters().stream().allMatch(QueryCall::isImmutable);
    } else if (filter instanceof Filter.Or or) {
      return or.filters().stream().allMatch(QueryCall::isImmutable);
    } else if (filter instanceof Filter.Not not) {
      return not.filters().stream().allMatch(QueryCall::isImmutable);
    }
    return filter instanceof Filter.Condition<?> condition && condition.property().immutable();
  }
}
