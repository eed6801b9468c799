package org.jmapproxy.contacts.internal.line;

/** The encoding of parameter values (RFC 6868). */
final class ParameterText {

  private ParameterText() {}

  static String decode(String value) {
    if (value.indexOf('^') < 0) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      char next = i + 1 < value.length() ? value.charAt(i + 1) : 0;
      if (c == '^' && (next == 'n' || next == '^' || next == '\'')) {
        text.append(next == 'n' ? '\n' : next == '^' ? '^' : '"');
        i++;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** The value as it may stand on a line: encoded, and quoted where it must be. */
  static String encode(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2);
    boolean quote = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '^' -> text.append("^^");
        case '"' -> text.append("^'");
        case '\n' -> text.append("^n");
        case '\r' -> {
          if (i + 1 == value.length() || value.charAt(i + 1) != '\n') {
            text.append("^n");
          }
        }
        default -> {
          if (!Character.isISOControl(c) || c == '\t') {
            text.append(c);
          }
        }
      }
      quote |= c == ';' || c == ':' || c == ',' || Character.isWhitespace(c);
    }
    return quote ? "\"" + text + "\"" : text.toString();
  }
}
