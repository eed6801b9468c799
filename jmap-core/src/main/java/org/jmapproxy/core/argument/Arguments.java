package org.jmapproxy.core.argument;

import java.util.LinkedHashMap;
import java.util.Map;

/** The validated values of the extra arguments that a data type declares for a method. */
public final class Arguments {

  private static final Arguments NONE = new Arguments(Map.of());

  private final Map<Argument<?>, Object> values;

  private Arguments(Map<Argument<?>, Object> values) {
    this.values = values;
  }

  /** No extra arguments: every one has its default. */
  public static Arguments none() {
    return NONE;
  }

  /** The value given, or the argument's default. */
  public <V> V get(Argument<V> argument) {
    @SuppressWarnings("unchecked") // with() only accepts a V for an Argument<V>
    V value = (V) values.get(argument);
    return value == null ? argument.defaultValue() : value;
  }

  /** These values and one more. */
  public <V> Arguments with(Argument<V> argument, V value) {
    Map<Argument<?>, Object> more = new LinkedHashMap<>(values);
    more.put(argument, value);
    return new Arguments(more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Arguments arguments && arguments.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
