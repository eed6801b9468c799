package org.jmapproxy.core.id;

/**
 * An identifier assigned by a server (RFC 8620 section 1.2).
 *
 * @param value 1 to 255 characters out of {@code A-Z a-z 0-9 - _}
 */
public record Id(String value) implements Comparable<Id> {

  /** The longest identifier allowed, in characters. */
  public static final int MAX_LENGTH = 255;

  /**
   * Checks the characters and the length.
   *
   * @throws IllegalArgumentException when {@link #isValid} is false for the value
   */
  public Id {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a JMAP id");
    }
  }

  /** Shorthand for the constructor. */
  public static Id of(String value) {
    return new Id(value);
  }

  /** Whether a string may be used as an identifier. */
  public static boolean isValid(String value) {
    int length = value.length();
    if (length == 0 || length > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      boolean safe =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (!safe) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(Id other) {
    return value.compareTo(other.value);
  }

  /** The bare value, as it stands on the wire. */
  @Override
  public String toString() {
    return value;
  }
}
