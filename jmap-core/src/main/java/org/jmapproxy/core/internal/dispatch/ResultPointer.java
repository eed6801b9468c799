package org.jmapproxy.core.internal.dispatch;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.json.JsonPath;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A JSON pointer (RFC 6901) in which {@code *} maps through an array and flattens what comes out by
 * one level (RFC 8620 section 3.7).
 */
final class ResultPointer {

  private final List<String> tokens;

  private ResultPointer(List<String> tokens) {
    this.tokens = tokens;
  }

  /** The pointer, if the text is one. */
  static Optional<ResultPointer> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(new ResultPointer(List.of()));
    }
    if (text.charAt(0) != '/' || hasBadEscape(text)) {
      return Optional.empty();
    }
    return Optional.of(new ResultPointer(JsonPath.keys(text.substring(1))));
  }

  /**
   * What it points to; parts of the value itself, not copies. Empty also when mapping costs more
   * than the budget holds.
   */
  Optional<JsonNode> evaluate(JsonNode value, ReferenceBudget budget) {
    return evaluate(value, 0, budget);
  }

  private Optional<JsonNode> evaluate(JsonNode start, int firstToken, ReferenceBudget budget) {
    JsonNode value = start;
    for (int i = firstToken; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (value.isArray() && token.equals("*")) {
        return map(value, i + 1, budget);
      }
      JsonNode child = value.isArray() ? item(value, token) : value.get(token);
      if (child == null) {
        return Optional.empty();
      }
      value = child;
    }
    return Optional.of(value);
  }

  private Optional<JsonNode> map(JsonNode array, int nextToken, ReferenceBudget budget) {
    if (!budget.look(array.size())) {
      return Optional.empty();
    }
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : array) {
      Optional<JsonNode> result = evaluate(item, nextToken, budget);
      if (result.isEmpty()) {
        return Optional.empty();
      }
      if (result.get() instanceof ArrayNode list) {
        results.addAll(list);
      } else {
        results.add(result.get());
      }
    }
    return Optional.of(results);
  }

  private static @Nullable JsonNode item(JsonNode array, String token) {
    boolean isIndex =
        !token.isEmpty()
            && token.length() <= 9
            && token.chars().allMatch(c -> c >= '0' && c <= '9')
            && (token.length() == 1 || token.charAt(0) != '0');
    return isIndex ? array.get(Integer.parseInt(token)) : null;
  }

  private static boolean hasBadEscape(String text) {
    for (int i = text.indexOf('~'); i >= 0; i = text.indexOf('~', i + 1)) {
      if (i + 1 == text.length() || (text.charAt(i + 1) != '0' && text.charAt(i + 1) != '1')) {
        return true;
      }
    }
    return false;
  }
}
