package org.jmapproxy.backend.imap.internal.protocol.error;

import java.io.Serializable;
import java.util.Locale;

/**
 * The bracketed code of a status response: {@code [OVERQUOTA]}, {@code [APPENDUID 1 2]} (RFC 3501
 * section 7.1, RFC 5530).
 *
 * @param name in upper case; empty if the response had no code
 * @param arguments what follows the name inside the brackets, as sent; empty if nothing
 */
public record ResponseCode(String name, String arguments) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No code was given. */
  public static final ResponseCode NONE = new ResponseCode("", "");

  public ResponseCode {
    name = name.toUpperCase(Locale.ROOT);
  }

  /** Whether this is the code of that name, in any case. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  @Override
  public String toString() {
    if (name.isEmpty()) {
      return "";
    }
    return arguments.isEmpty() ? "[" + name + "]" : "[" + name + " " + arguments + "]";
  }
}
