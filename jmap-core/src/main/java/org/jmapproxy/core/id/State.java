package org.jmapproxy.core.id;

/**
 * The opaque state of all objects of one data type in one account (RFC 8620 section 5.1). Two equal
 * states mean that nothing changed in between.
 *
 * @param value the string that clients see; never empty
 */
public record State(String value) {

  /** Refuses the empty string. */
  public State {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a state is never empty");
    }
  }

  /** Shorthand for the constructor. */
  public static State of(String value) {
    return new State(value);
  }

  /** The bare value, as it stands on the wire. */
  @Override
  public String toString() {
    return value;
  }
}
