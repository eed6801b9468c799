package org.jmapproxy.core.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The type of a JSON value, in the notation of RFC 8620 section 1.1: it checks a value, and it
 * knows where in the value identifiers stand, so that creation ids are resolved there and nowhere
 * else.
 */
public interface JsonType {

  /** {@code String}. */
  JsonType STRING = simple("a string", JsonNode::isString);

  /** {@code Boolean}. */
  JsonType BOOLEAN = simple("a boolean", JsonNode::isBoolean);

  /** {@code Int}: -2^53+1 to 2^53-1. */
  JsonType INT = simple("an integer", node -> isInt(node, -9007199254740991L));

  /** {@code UnsignedInt}: 0 to 2^53-1. */
  JsonType UNSIGNED_INT = simple("an integer of at least 0", node -> isInt(node, 0));

  /** {@code Number}. */
  JsonType NUMBER = simple("a number", JsonNode::isNumber);

  /** {@code Date}: an RFC 3339 date-time, normalised as section 1.4 says. */
  JsonType DATE =
      simple("a date-time", node -> node.isString() && Dates.isDate(node.stringValue()));

  /** {@code UTCDate}: a {@link #DATE} with the offset {@code Z}. */
  JsonType UTC_DATE =
      simple("a date-time in UTC", node -> node.isString() && Dates.isUtcDate(node.stringValue()));

  /** Any object, not looked into. */
  JsonType OBJECT = simple("an object", JsonNode::isObject);

  /** Any value. */
  JsonType ANY = simple("any value", node -> true);

  /** {@code Id}; a creation id is allowed in its place. */
  JsonType ID =
      new JsonType() {
        @Override
        public Optional<String> problem(JsonNode value) {
          return value.isString() && Id.isValid(value.stringValue())
              ? Optional.empty()
              : Optional.of("must be an id");
        }

        @Override
        public JsonNode mapIds(JsonNode value, UnaryOperator<String> resolver) {
          return value.isString() ? StringNode.valueOf(resolver.apply(value.stringValue())) : value;
        }
      };

  /** Why a value is not of this type, as the end of a sentence; empty when it is. */
  Optional<String> problem(JsonNode value);

  /**
   * The value with every identifier in it replaced by what the resolver makes of it. Values of the
   * wrong type are returned as they are.
   */
  default JsonNode mapIds(JsonNode value, UnaryOperator<String> resolver) {
    return value;
  }

  /** This type or {@code null}. */
  default JsonType orNull() {
    JsonType self = this;
    return new JsonType() {
      @Override
      public Optional<String> problem(JsonNode value) {
        return value.isNull() ? Optional.empty() : self.problem(value);
      }

      @Override
      public JsonNode mapIds(JsonNode value, UnaryOperator<String> resolver) {
        return value.isNull() ? value : self.mapIds(value, resolver);
      }

      @Override
      public JsonType member(String name) {
        return self.member(name);
      }
    };
  }

  /** The type of the value under a key, for values that are objects; {@link #ANY} if not known. */
  default JsonType member(String name) {
    return ANY;
  }

  /** One of a closed set of strings. */
  static JsonType oneOf(String... names) {
    Set<String> allowed = Set.of(names);
    return simple(
        "one of " + String.join(", ", names),
        node -> node.isString() && allowed.contains(node.stringValue()));
  }

  /** {@code T[]}. */
  static JsonType listOf(JsonType element) {
    return new JsonType() {
      @Override
      public Optional<String> problem(JsonNode value) {
        if (!value.isArray()) {
          return Optional.of("must be an array");
        }
        for (int i = 0; i < value.size(); i++) {
          Optional<String> problem = element.problem(value.get(i));
          if (problem.isPresent()) {
            return Optional.of("/" + i + " " + problem.get());
          }
        }
        return Optional.empty();
      }

      @Override
      public JsonNode mapIds(JsonNode value, UnaryOperator<String> resolver) {
        if (!value.isArray()) {
          return value;
        }
        ArrayNode mapped = JsonNodeFactory.instance.arrayNode();
        value.forEach(item -> mapped.add(element.mapIds(item, resolver)));
        return mapped;
      }
    };
  }

  /** {@code String[T]}. */
  static JsonType mapOf(JsonType element) {
    return new MapType(Optional.empty(), element);
  }

  /** {@code Id[T]}; creation ids are allowed as keys. */
  static JsonType idMapOf(JsonType element) {
    return new MapType(Optional.of(ID), element);
  }

  /** {@code Id[Boolean]} where every value must be {@code true}: a set of ids. */
  static JsonType idSet() {
    return idMapOf(TRUE);
  }

  /** {@code String[Boolean]} where every value must be {@code true}: a set of strings. */
  static JsonType stringSet() {
    return mapOf(TRUE);
  }

  /** The value {@code true}. */
  JsonType TRUE = simple("true", node -> node.isBoolean() && node.booleanValue());

  /** An object with exactly these members; each may be left out. */
  static JsonType object(Map<String, JsonType> members) {
    return new ObjectType(new LinkedHashMap<>(members));
  }

  /** A type that a predicate decides. */
  static JsonType simple(String description, Predicate<JsonNode> test) {
    String problem = "must be " + description;
    return value -> test.test(value) ? Optional.empty() : Optional.of(problem);
  }

  private static boolean isInt(JsonNode node, long min) {
    if (!node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToLong()) {
      return false;
    }
    long value = node.asLong();
    return value >= min && value <= 9007199254740991L;
  }

  /** Names of members of an object that are of a type, for messages. */
  static List<String> names(ObjectNode object) {
    return List.copyOf(object.propertyNames());
  }
}
