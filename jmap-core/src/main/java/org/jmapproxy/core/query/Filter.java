package org.jmapproxy.core.query;

import java.util.List;

/**
 * A validated filter (RFC 8620 section 5.5). A FilterCondition object with several properties
 * becomes an {@link And} of single {@link Condition}s.
 */
public sealed interface Filter {

  /**
   * All must match; matches everything when empty.
   *
   * @param filters the operands
   */
  record And(List<Filter> filters) implements Filter {

    /** Copies the list. */
    public And {
      filters = List.copyOf(filters);
    }
  }

  /**
   * At least one must match.
   *
   * @param filters the operands
   */
  record Or(List<Filter> filters) implements Filter {

    /** Copies the list. */
    public Or {
      filters = List.copyOf(filters);
    }
  }

  /**
   * None may match.
   *
   * @param filters the operands
   */
  record Not(List<Filter> filters) implements Filter {

    /** Copies the list. */
    public Not {
      filters = List.copyOf(filters);
    }
  }

  /**
   * One property of a FilterCondition.
   *
   * @param <V> the type of the value
   * @param property the declared property
   * @param value its decoded value
   */
  record Condition<V>(FilterProperty<?, V> property, V value) implements Filter {}
}
