package org.jmapproxy.core.query;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;

/**
 * A property that FilterConditions of a data type may have.
 *
 * @param <T> the object
 * @param <V> what the value is decoded to; immutable, with value equality
 * @param name the name on the wire
 * @param type checks the value before it is decoded
 * @param decoder makes the value of JSON that is of the type
 * @param immutable whether an object that matches once matches for ever
 * @param test decides for one object; absent when that takes more than the object, so that only a
 *     query role can answer
 */
public record FilterProperty<T, V>(
    String name,
    JsonType type,
    Function<JsonNode, V> decoder,
    boolean immutable,
    Optional<BiPredicate<T, V>> test) {

  /** A property that one object decides. */
  public static <T, V> FilterProperty<T, V> of(
      String name, JsonType type, Function<JsonNode, V> decoder, BiPredicate<T, V> test) {
    return new FilterProperty<>(name, type, decoder, false, Optional.of(test));
  }

  /** A property that only a query role can answer. */
  public static <T, V> FilterProperty<T, V> remote(
      String name, JsonType type, Function<JsonNode, V> decoder) {
    return new FilterProperty<>(name, type, decoder, false, Optional.empty());
  }

  /** The same property, on values that never change. */
  public FilterProperty<T, V> asImmutable() {
    return new FilterProperty<>(name, type, decoder, true, test);
  }

  @Override
  public String toString() {
    return name;
  }
}
