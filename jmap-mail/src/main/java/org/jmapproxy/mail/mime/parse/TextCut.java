package org.jmapproxy.mail.mime.parse;

/** Cuts text so that it fits into a number of octets of UTF-8. */
final class TextCut {
  private TextCut() {}

  /** The longest beginning that fits and does not end within a character. */
  static String plain(String text, long octets) {
    return text.substring(0, fitting(text, octets));
  }

  /**
   * The longest beginning of HTML that fits and does not end within a tag, a comment or a character
   * reference either.
   */
  static String html(String text, long octets) {
    int fitting = fitting(text, octets);
    return fitting == text.length() ? text : text.substring(0, border(text, fitting));
  }

  private static int fitting(String text, long octets) {
    int end = 0;
    long left = octets;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      left -= utf8Length(codePoint);
      if (left < 0) {
        return end;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  /** The last place up to the limit that is outside of markup. */
  private static int border(String html, int limit) {
    int at = 0;
    while (at < limit) {
      char c = html.charAt(at);
      int end = at + 1;
      if (c == '<' && at + 1 < html.length() && beginsMarkup(html.charAt(at + 1))) {
        end = html.startsWith("<!--", at) ? after(html, "-->", at + 4, limit) : tagEnd(html, at);
      } else if (c == '&') {
        end = referenceEnd(html, at);
      } else if (Character.isHighSurrogate(c) && at + 1 < limit) {
        end = at + 2;
      }
      if (end > limit) {
        return at;
      }
      at = end;
    }
    return at;
  }

  private static boolean beginsMarkup(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '!' || c == '?';
  }

  private static int after(String html, String what, int from, int limit) {
    int found = html.indexOf(what, from);
    return found < 0 ? limit + 1 : found + what.length();
  }

  /** Behind the {@code >} of a tag; one within a quoted attribute value does not count. */
  private static int tagEnd(String html, int from) {
    char quote = 0;
    for (int i = from + 1; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '>') {
        return i + 1;
      } else if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
        quote = c;
      }
    }
    return html.length() + 1;
  }

  /** Behind the semicolon of a character reference; a bare ampersand is itself. */
  private static int referenceEnd(String html, int from) {
    int longest = Math.min(html.length(), from + 34);
    for (int i = from + 1; i < longest; i++) {
      char c = html.charAt(i);
      if (c == ';') {
        return i + 1;
      }
      if (!Character.isLetterOrDigit(c) && c != '#') {
        return from + 1;
      }
    }
    return longest == html.length() ? longest + 1 : from + 1;
  }
}
