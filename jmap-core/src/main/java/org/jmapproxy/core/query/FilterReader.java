package org.jmapproxy.core.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the {@code filter} argument of a method (RFC 8620 section 5.5); what it cannot read is
 * refused with {@code invalidArguments} or {@code unsupportedFilter}. For one call.
 */
public final class FilterReader {

  private static final int MAX_DEPTH = 24;
  private static final int MAX_CONDITIONS = 1024;

  private final Map<String, ? extends FilterProperty<?, ?>> properties;
  private final UnaryOperator<String> creationIds;
  private int conditions;

  /**
   * Starts reading.
   *
   * @param properties what conditions may have, by name; others are not supported
   * @param creationIds resolves creation ids in values that are ids
   */
  public FilterReader(
      Map<String, ? extends FilterProperty<?, ?>> properties, UnaryOperator<String> creationIds) {
    this.properties = Map.copyOf(properties);
    this.creationIds = creationIds;
  }

  /** The filter; empty when it matches everything. */
  public Optional<Filter> read(Optional<JsonNode> filter) {
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
      FilterProperty<?, ?> property = properties.get(entry.getKey());
      if (property == null) {
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
