package org.jmapproxy.mail.charset;

import java.text.Normalizer;

/**
 * Unicode normalisation in time that grows with the text. Nobody writes more marks on a letter than
 * {@value #MOST_MARKS}; where somebody does, they are put in order group by group.
 */
public final class Normalization {
  private static final int MOST_MARKS = 64;

  private Normalization() {}

  /** A text in a normalization form. */
  public static String of(String text, Normalizer.Form form) {
    StringBuilder pieces = null;
    int start = 0;
    int marks = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      marks = isMark(text.codePointAt(i)) ? marks + 1 : 0;
      if (marks > MOST_MARKS) {
        pieces = pieces == null ? new StringBuilder(text.length()) : pieces;
        pieces.append(Normalizer.normalize(text.substring(start, i), form));
        start = i;
        marks = 1;
      }
    }
    return pieces == null
        ? Normalizer.normalize(text, form)
        : pieces.append(Normalizer.normalize(text.substring(start), form)).toString();
  }

  private static boolean isMark(int c) {
    if (c < 0x300) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
