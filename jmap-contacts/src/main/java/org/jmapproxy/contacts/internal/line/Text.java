package org.jmapproxy.contacts.internal.line;

import java.util.ArrayList;
import java.util.List;

/** Text values: backslashes, lists and structures (RFC 6350 sections 3.4 and 4.1). */
public final class Text {

  private Text() {}

  /** A text as a value. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', ',', ';' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        case '\r' -> {
          if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
            escaped.append("\\n");
          }
        }
        default -> {
          if (!Character.isISOControl(c) || c == '\t') {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  /** The text of a value. A backslash before any other character stands for itself. */
  public static String unescape(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      char next = i + 1 < value.length() ? value.charAt(i + 1) : 0;
      if (c == '\\' && (next == 'n' || next == 'N')) {
        text.append('\n');
        i++;
      } else if (c == '\\' && (next == '\\' || next == ',' || next == ';' || next == ':')) {
        text.append(next);
        i++;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** The pieces between unescaped separators, still escaped. */
  public static List<String> split(String value, char separator) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == separator) {
        pieces.add(value.substring(start, i));
        start = i + 1;
      }
    }
    pieces.add(value.substring(start));
    return pieces;
  }

  /** The components of a structured value, each a list of texts. */
  public static List<List<String>> components(String value) {
    return split(value, ';').stream()
        .map(component -> split(component, ',').stream().map(Text::unescape).toList())
        .toList();
  }

  /** A structured value of lists of texts. */
  public static String joinComponents(List<List<String>> components) {
    return String.join(";", components.stream().map(Text::joinList).toList());
  }

  /** A list of texts as a value. */
  public static String joinList(List<String> texts) {
    return String.join(",", texts.stream().map(Text::escape).toList());
  }
}
