package org.jmapproxy.mail.header;

/**
 * A position in a structured header value. Finds the ends of comments and quoted strings; once one
 * was found to be unclosed no later one is looked for, which keeps every scan linear.
 */
final class FieldScanner {
  private static final int LONGEST_DOMAIN_LITERAL = 80;

  private final String value;
  private int at;
  private boolean commentsEnd = true;
  private boolean quotesEnd = true;
  private int noEncodedWordBefore;

  FieldScanner(String value) {
    this.value = value;
  }

  boolean atEnd() {
    return at >= value.length();
  }

  char peek() {
    return value.charAt(at);
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  void skip() {
    at++;
  }

  String since(int start) {
    return value.substring(start, at);
  }

  boolean skipSpace() {
    int start = at;
    while (at < value.length() && isSpace(value.charAt(at))) {
      at++;
    }
    return at > start;
  }

  /** The index after the comment that begins here, or -1 if it has no end. */
  int commentEnd() {
    if (!commentsEnd) {
      return -1;
    }
    int depth = 0;
    for (int i = at; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    commentsEnd = false;
    return -1;
  }

  /** The index after the quoted string that begins here, or -1 if it has no end. */
  int quoteEnd() {
    if (!quotesEnd) {
      return -1;
    }
    for (int i = at + 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i + 1;
      }
    }
    quotesEnd = false;
    return -1;
  }

  /** The index after the encoded word that begins here (RFC 2047, specials in it or not), or -1. */
  int encodedWordEnd() {
    if (at < noEncodedWordBefore || !value.startsWith("=?", at)) {
      return -1;
    }
    int marks = 0;
    int i = at + 2;
    while (i < value.length() && !isSpace(value.charAt(i))) {
      if (value.charAt(i) == '?') {
        marks++;
        if (marks >= 3 && value.startsWith("?=", i)) {
          return i + 2;
        }
      }
      i++;
    }
    noEncodedWordBefore = i;
    return -1;
  }

  /** The index after the domain literal that begins here, or -1 if none of usual length does. */
  int domainLiteralEnd() {
    if (at == 0 || value.charAt(at) != '[' || value.charAt(at - 1) != '@') {
      return -1;
    }
    int limit = Math.min(value.length(), at + LONGEST_DOMAIN_LITERAL);
    for (int i = at; i < limit; i++) {
      if (value.charAt(i) == ']') {
        return i + 1;
      }
    }
    return -1;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** The content of a comment or quoted string: unfolded, quoted pairs resolved, trimmed. */
  static String content(String delimited) {
    StringBuilder content = new StringBuilder(delimited.length());
    for (int i = 1; i < delimited.length() - 1; i++) {
      char c = delimited.charAt(i);
      if (c == '\\' && i + 1 < delimited.length() - 1) {
        i++;
        c = delimited.charAt(i);
      }
      if (c != '\r' && c != '\n') {
        content.append(c);
      }
    }
    return content.toString().strip();
  }
}
