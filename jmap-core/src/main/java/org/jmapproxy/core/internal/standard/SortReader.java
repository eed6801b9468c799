package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.JsonNode;

/** Reads the {@code sort} of a query (RFC 8620 section 5.5). */
final class SortReader {

  private static final int MAX_COMPARATORS = 32;
  private static final Set<String> MEMBERS = Set.of("property", "isAscending", "collation");

  private final DataType<?, ?, ?> type;
  private final Set<String> supported;

  SortReader(DataType<?, ?, ?> type, Set<String> supported) {
    this.type = type;
    this.supported = supported;
  }

  List<SortBy> read(Optional<JsonNode> sort) {
    List<SortBy> read = new ArrayList<>();
    sort.ifPresent(
        comparators -> {
          if (comparators.size() > MAX_COMPARATORS) {
            throw unsupported("more than " + MAX_COMPARATORS + " comparators");
          }
          comparators.forEach(comparator -> read.add(comparator(comparator)));
        });
    return read;
  }

  private SortBy comparator(JsonNode node) {
    String name =
        member(node, "property", JsonType.STRING)
            .orElseThrow(() -> invalid("every comparator has a property"))
            .stringValue();
    boolean isAscending =
        member(node, "isAscending", JsonType.BOOLEAN).map(JsonNode::booleanValue).orElse(true);
    Optional<JsonNode> collation = member(node, "collation", JsonType.STRING);
    SortProperty<?> property = type.sorts().get(name);
    if (property == null || !supported.contains(name)) {
      throw unsupported(name + " cannot be sorted by");
    }
    // The session announces no collation, so whatever is named here is not recognised.
    collation.ifPresent(
        value -> {
          throw unsupported("the collation " + value.stringValue() + " is not known");
        });
    return new SortBy(property, isAscending, Optional.empty(), extras(node, property));
  }

  private static Arguments extras(JsonNode node, SortProperty<?> property) {
    Arguments extras = Arguments.none();
    for (Argument<?> extra : property.extras()) {
      extras = extra(node, extra, extras);
    }
    for (String name : node.propertyNames()) {
      if (!MEMBERS.contains(name)
          && property.extras().stream().noneMatch(extra -> extra.name().equals(name))) {
        throw invalid(name + " is not known in a comparator of " + property);
      }
    }
    return extras;
  }

  private static <V> Arguments extra(JsonNode node, Argument<V> extra, Arguments extras) {
    JsonNode value =
        member(node, extra.name(), extra.type())
            .orElseThrow(() -> invalid(extra.name() + " is required in this comparator"));
    return extras.with(extra, extra.decoder().apply(value));
  }

  private static Optional<JsonNode> member(JsonNode node, String name, JsonType type) {
    JsonNode value = node.get(name);
    if (value == null) {
      return Optional.empty();
    }
    type.problem(value)
        .ifPresent(
            problem -> {
              throw invalid(name + " " + problem);
            });
    return Optional.of(value);
  }

  private static MethodException invalid(String problem) {
    return new MethodException(MethodError.invalidArgument("sort", problem));
  }

  private static MethodException unsupported(String problem) {
    return new MethodException(MethodError.unsupportedSort(problem));
  }
}
