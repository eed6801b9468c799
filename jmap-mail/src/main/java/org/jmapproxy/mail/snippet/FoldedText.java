package org.jmapproxy.mail.snippet;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import org.jmapproxy.mail.email.SearchText;

/**
 * A text as it is compared in searches ({@link SearchText#caseless}), which knows where each of its
 * characters comes from. For one thread.
 */
final class FoldedText {

  /** Nobody writes more marks on a letter than this. */
  private static final int LONGEST_CLUSTER = 32;

  private final StringBuilder folded = new StringBuilder();
  private int[] starts;
  private int[] ends;

  private FoldedText(int length) {
    starts = new int[length + 16];
    ends = new int[length + 16];
  }

  /** The places in a text where terms occur, as indexes of its characters. */
  static BitSet occurrences(String text, Collection<String> terms) {
    FoldedText folded = new FoldedText(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = clusterEnd(text, at);
      folded.add(text, at, end);
      at = end;
    }
    return folded.find(terms);
  }

  private BitSet find(Collection<String> terms) {
    BitSet found = new BitSet();
    String haystack = folded.toString();
    for (String wanted : terms) {
      int at = haystack.indexOf(wanted);
      while (at >= 0) {
        int end = at + wanted.length();
        found.set(starts[at], ends[end - 1]);
        at = haystack.indexOf(wanted, end);
      }
    }
    return found;
  }

  private void add(String text, int start, int end) {
    char first = text.charAt(start);
    if (first < 0x80 && end == start + 1) {
      add(isSpace(first) ? ' ' : Character.toLowerCase(first), start, end);
      return;
    }
    String piece = SearchText.caseless(text.substring(start, end));
    for (int i = 0; i < piece.length(); i++) {
      add(piece.charAt(i), start, end);
    }
  }

  /** White space is one space, which comes from all of it. */
  private void add(char c, int start, int end) {
    int last = folded.length() - 1;
    if (c == ' ' && last >= 0 && folded.charAt(last) == ' ') {
      ends[last] = end;
      return;
    }
    makeRoom();
    starts[last + 1] = start;
    ends[last + 1] = end;
    folded.append(c);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private void makeRoom() {
    if (folded.length() == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
  }

  /** A character with all that normalisation may join with it. */
  private static int clusterEnd(String text, int start) {
    int end = start + Character.charCount(text.codePointAt(start));
    int limit = Math.min(text.length(), start + LONGEST_CLUSTER);
    while (end < limit && joins(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean joins(int c) {
    if (c < 0x300) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (c >= 0x1160 && c <= 0x11FF)
        || c == 0xFF9E
        || c == 0xFF9F;
  }
}
