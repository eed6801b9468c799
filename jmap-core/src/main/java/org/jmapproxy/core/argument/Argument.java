package org.jmapproxy.core.argument;

import java.util.function.Function;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;

/**
 * An argument that a data type adds to a standard method, for example {@code collapseThreads}.
 *
 * @param <V> what the value is decoded to; immutable, with value equality
 * @param name the name on the wire
 * @param type checks the value before it is decoded
 * @param decoder makes the value of JSON that is of the type
 * @param defaultValue what holds when the argument is left out, or null where the type allows null
 */
public record Argument<V>(
    String name, JsonType type, Function<JsonNode, V> decoder, V defaultValue) {

  /** A Boolean argument. */
  public static Argument<Boolean> flag(String name, boolean defaultValue) {
    return new Argument<>(name, JsonType.BOOLEAN, JsonNode::booleanValue, defaultValue);
  }

  @Override
  public String toString() {
    return name;
  }
}
