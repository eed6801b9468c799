package org.jmapproxy.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A header value with parameters: Content-Type, Content-Disposition.
 *
 * @param value the value in lower case, comments and white space removed; empty if there is none
 * @param parameters the decoded parameters by lower-case name
 */
public record ParameterizedValue(String value, Map<String, String> parameters) {
  private static final Pattern IN_VALUES = Pattern.compile("[\\s\"]");

  /** Copies the map. */
  public ParameterizedValue {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads a value from anything; unquoted spaces in a file name, missing quotes and doubled
   * semicolons do not hurt. Linear in the length of the value.
   *
   * @param raw the header value in Raw form
   */
  public static ParameterizedValue parse(String raw) {
    List<String> pieces = pieces(raw);
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    for (String piece : pieces.subList(1, pieces.size())) {
      int equals = piece.indexOf('=');
      if (equals > 0) {
        String attribute = piece.substring(0, equals).strip();
        parameters.add(Map.entry(attribute, unquoted(piece.substring(equals + 1).strip())));
      }
    }
    String value = IN_VALUES.matcher(pieces.get(0)).replaceAll("").toLowerCase(Locale.ROOT);
    return new ParameterizedValue(value, MimeParameters.decode(parameters));
  }

  /** Cuts at semicolons outside quotes and drops comments and line breaks. */
  private static List<String> pieces(String raw) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    boolean quoted = false;
    int depth = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\r' || c == '\n') {
        continue;
      }
      if (c == '\\' && i + 1 < raw.length() && (quoted || depth > 0)) {
        i++;
        if (depth == 0) {
          piece.append(c).append(raw.charAt(i));
        }
      } else if (quoted) {
        quoted = c != '"';
        piece.append(c);
      } else if (c == '(' && (depth > 0 || !inUnquotedValue(piece))) {
        depth++;
      } else if (depth > 0) {
        depth -= c == ')' ? 1 : 0;
      } else if (c == ';') {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        quoted = c == '"';
        piece.append(c);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  /** {@code name=report(1).pdf} is no comment, whatever the grammar says. */
  private static boolean inUnquotedValue(StringBuilder piece) {
    int last = piece.length() - 1;
    return last >= 0 && piece.charAt(last) > ' ' && piece.charAt(last) != '"' && hasEquals(piece);
  }

  private static boolean hasEquals(StringBuilder piece) {
    return piece.indexOf("=") >= 0;
  }

  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    StringBuilder content = new StringBuilder(value.length());
    for (int i = 1; i < value.length() && value.charAt(i) != '"'; i++) {
      boolean pair = value.charAt(i) == '\\' && i + 1 < value.length();
      content.append(value.charAt(pair ? ++i : i));
    }
    return content.toString();
  }
}
