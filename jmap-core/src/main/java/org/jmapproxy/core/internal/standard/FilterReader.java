package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.JsonNode;

/** Reads the {@code filter} of a query (RFC 8620 section 5.5). For one call. */
final class FilterReader {

  private static final int MAX_DEPTH = 24;
  private static final int MAX_CONDITIONS = 1024;

  private final DataType<?, ?, ?> type;
  private final Set<String> supported;
  private final UnaryOperator<String> creationIds;
  private int conditions;

  FilterReader(DataType<?, ?, ?> type, Set<String> supported, UnaryOperator<String> creationIds) {
    this.type = type;
    this.supported = supported;
    this.creationIds = creationIds;
  }

  /** The filter; empty when it matches everything. */
  Optional<Filter> read(Optional<JsonNode> filter) {
    return filter.map(node -> read(node, 1)).filter(read -> !matchesEverything(read));
  }

  private static boolean matchesEverything(Filter filter) {
    return filter instanceof Filter.And and && and.filters().isEmpty();
  }

  private Filter read(JsonNode node, int depth) {
    if (!node.isObject()) {
      throw invalid("must be an object");
    }
    if (depth > MAX_DEPTH) {
      throw unsupported("the filter is nested more than " + MAX_DEPTH + " times");
    }
    return node.has("operator") ? operator(node, depth) : condition(node);
  }

  private Filter operator(JsonNode node, int depth) {
    for (String name : node.propertyNames()) {
      if (!name.equals("operator") && !name.equals("conditions")) {
        throw invalid(name + " is not known in an operator");
      }
    }
    JsonNode operands = node.get("conditions");
    if (operands == null || !operands.isArray()) {
      throw invalid("conditions must be an array");
    }
    List<Filter> filters = new ArrayList<>(operands.size());
    operands.forEach(operand -> filters.add(read(operand, depth + 1)));
    return switch (node.get("operator").asString("")) {
      case "AND" -> new Filter.And(filters);
      case "OR" -> new Filter.Or(filters);
      case "NOT" -> new Filter.Not(filters);
      default -> throw invalid("operator must be one of AND, OR, NOT");
    };
  }

  private Filter condition(JsonNode node) {
    List<Filter> filters = new ArrayList<>(node.size());
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      FilterProperty<?, ?> property = type.filters().get(entry.getKey());
      if (property == null || !supported.contains(entry.getKey())) {
        throw unsupported(entry.getKey() + " cannot be filtered by");
      }
      if (++conditions > MAX_CONDITIONS) {
        throw unsupported("the filter has more than " + MAX_CONDITIONS + " conditions");
      }
      filters.add(condition(property, entry.getValue()));
    }
    return filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
  }

  private <V> Filter condition(FilterProperty<?, V> property, JsonNode sent) {
    JsonNode value = property.type().mapIds(sent, creationIds);
    property
        .type()
        .problem(value)
        .ifPresent(
            problem -> {
              throw invalid(property.name() + " " + problem);
            });
    return new Filter.Condition<>(property, property.decoder().apply(value));
  }

  private static MethodException invalid(String problem) {
    return new MethodException(MethodError.invalidArgument("filter", problem));
  }

  private static MethodException unsupported(String problem) {
    return new MethodException(MethodError.unsupportedFilter(problem));
  }
}
