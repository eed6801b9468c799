package org.jmapproxy.contacts.internal.line;

import java.util.Map;
import java.util.regex.Pattern;

/** Writes content lines, folded at 75 octets (RFC 6350 section 3.2). */
public final class LineWriter {

  private static final int MAX_OCTETS = 75;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");

  /** Applications that compare names with regard to case know these as Apple writes them. */
  private static final Map<String, String> SPELLINGS =
      Map.of("X-ABLABEL", "X-ABLabel", "X-ABSHOWAS", "X-ABShowAs");

  private LineWriter() {}

  /** Whether a text may be the name of a property, a parameter or a group. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * The line without folds and line end. Whatever would end the line early is left out.
   *
   * @throws IllegalArgumentException when a name is none
   */
  public static String unfolded(ContentLine line) {
    StringBuilder text = new StringBuilder();
    line.group().ifPresent(group -> text.append(name(group)).append('.'));
    text.append(name(SPELLINGS.getOrDefault(line.name(), line.name())));
    for (String parameter : line.parameters().names()) {
      text.append(';').append(name(parameter)).append('=');
      String separator = "";
      for (String value : line.parameters().all(parameter)) {
        text.append(separator).append(ParameterText.encode(value));
        separator = ",";
      }
    }
    text.append(':');
    String value = line.value();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n') {
        text.append("\\n");
      } else if (!Character.isISOControl(c) || c == '\t') {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** An unfolded line, folded, with its line end. */
  public static String folded(String line, String lineEnd) {
    StringBuilder text = new StringBuilder(line.length() + line.length() / 30 + 2);
    int octets = 0;
    for (int i = 0; i < line.length(); ) {
      int codePoint = line.codePointAt(i);
      int size = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (octets + size > MAX_OCTETS) {
        text.append(lineEnd).append(' ');
        octets = 1;
      }
      text.appendCodePoint(codePoint);
      octets += size;
      i += Character.charCount(codePoint);
    }
    return text.append(lineEnd).toString();
  }

  private static String name(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a name of a content line");
    }
    return name;
  }
}
