package org.jmapproxy.mail.snippet;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;

/**
 * A text in which the terms of a search occur, written as HTML (RFC 8621 section 5).
 *
 * @param text the text
 * @param marks the indexes of the characters that belong to occurrences
 */
record MarkedText(String text, BitSet marks) {

  /** The most octets of UTF-8 that a preview may have. */
  private static final int LONGEST_PREVIEW = 255;

  /** How much before the first occurrence is shown, in characters. */
  private static final int LEAD = 40;

  private static final String OPEN = "<mark>";
  private static final String CLOSE = "</mark>";
  private static final String MORE = "...";

  /** Looks for terms; empty if there are none in the text. */
  static Optional<MarkedText> of(String text, Collection<String> terms) {
    return Optional.of(new MarkedText(text, FoldedText.occurrences(text, terms)))
        .filter(marked -> !marked.marks.isEmpty());
  }

  /** All of the text. */
  String whole() {
    StringBuilder html = new StringBuilder(text.length() + OPEN.length() + CLOSE.length());
    write(html, 0, Integer.MAX_VALUE);
    return html.toString();
  }

  /** What stands around the first occurrence, as far as it fits. */
  String preview() {
    int start = start();
    StringBuilder html = new StringBuilder(LONGEST_PREVIEW).append(start > 0 ? MORE : "");
    write(html, start, LONGEST_PREVIEW - html.length() - MORE.length());
    return html.toString();
  }

  /** The beginning of a word, if there is one in a reasonable distance. */
  private int start() {
    int first = marks.nextSetBit(0);
    if (first <= LEAD) {
      return 0;
    }
    int space = text.indexOf(' ', first - LEAD);
    if (space >= 0 && space < first) {
      return space + 1;
    }
    int start = first - LEAD / 2;
    return Character.isLowSurrogate(text.charAt(start)) ? start - 1 : start;
  }

  /** An opened mark takes the room for its end with it. */
  private void write(StringBuilder html, int from, int octets) {
    int left = octets;
    int lastWord = -1;
    boolean open = false;
    int at = from;
    while (at < text.length()) {
      boolean marked = marks.get(at);
      int end = at + Character.charCount(text.codePointAt(at));
      String piece = escaped(text.substring(at, end));
      left -= piece.getBytes(StandardCharsets.UTF_8).length;
      left -= marked && !open ? OPEN.length() + CLOSE.length() : 0;
      if (left < 0) {
        break;
      }
      if (marked != open) {
        html.append(marked ? OPEN : CLOSE);
        lastWord = -1;
        open = marked;
      }
      if (!open && piece.equals(" ")) {
        lastWord = html.length();
      }
      html.append(piece);
      at = end;
    }
    if (open) {
      html.append(CLOSE);
    }
    if (at < text.length()) {
      html.setLength(lastWord > 0 ? lastWord : html.length());
      html.append(MORE);
    }
  }

  private static String escaped(String character) {
    return switch (character) {
      case "&" -> "&amp;";
      case "<" -> "&lt;";
      case ">" -> "&gt;";
      default -> character;
    };
  }
}
