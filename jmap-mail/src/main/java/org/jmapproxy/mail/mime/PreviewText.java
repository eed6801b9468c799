package org.jmapproxy.mail.mime;

import java.util.regex.Pattern;

/** Sorts the lines of a text: the author's own first, what he quotes or signs with last. */
final class PreviewText {
  private static final int LONGEST = 256;
  private static final int LONGEST_ATTRIBUTION = 200;
  private static final Pattern RULE = Pattern.compile("[-=_*~#+.\\s\u2500\u2014]{4,}");

  private final StringBuilder own = new StringBuilder();
  private final StringBuilder rest = new StringBuilder();
  private String heldLine = "";
  private boolean signature;

  void line(String line) {
    if (own.length() >= LONGEST) {
      return;
    }
    String stripped = line.strip();
    if (stripped.startsWith(">")) {
      append(rest, heldLine);
      heldLine = "";
      append(rest, withoutMarks(stripped));
    } else if (line.equals("-- ") || line.equals("--")) {
      signature = true;
    } else if (!stripped.isEmpty() && !isRule(stripped)) {
      append(signature ? rest : own, heldLine);
      heldLine = stripped;
      if (!couldIntroduceQuote(stripped)) {
        append(signature ? rest : own, heldLine);
        heldLine = "";
      }
    }
  }

  String text() {
    append(signature ? rest : own, heldLine);
    heldLine = "";
    append(own, rest.toString());
    return own.toString().stripTrailing();
  }

  /** "On Monday Ann wrote:" is held back until it is known whether a quotation follows. */
  private static boolean couldIntroduceQuote(String line) {
    return line.length() <= LONGEST_ATTRIBUTION && (line.endsWith(":") || line.endsWith("\uFF1A"));
  }

  private static boolean isRule(String line) {
    return line.length() <= LONGEST && RULE.matcher(line).matches();
  }

  private static String withoutMarks(String line) {
    int at = 0;
    while (at < line.length() && (line.charAt(at) == '>' || line.charAt(at) == ' ')) {
      at++;
    }
    return line.substring(at);
  }

  /** Appends with single spaces, nothing invisible, and never more than fits. */
  private static void append(StringBuilder target, String text) {
    boolean space = !target.isEmpty();
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (isSpace(c)) {
        space = !target.isEmpty();
      } else if (!isInvisible(c)) {
        int needed = Character.charCount(c) + (space ? 1 : 0);
        if (target.length() + needed > LONGEST) {
          return;
        }
        if (space) {
          target.append(' ');
          space = false;
        }
        target.appendCodePoint(c);
      }
    }
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  /** What newsletters pad their preview with; joiners stay, for emoji and Persian. */
  private static boolean isInvisible(int c) {
    return Character.isISOControl(c)
        || c == 0xAD
        || c == 0x34F
        || c == 0x200B
        || c == 0x2060
        || c == 0xFEFF
        || c == 0xFFFC
        || (c >= 0xD800 && c <= 0xDFFF);
  }
}
