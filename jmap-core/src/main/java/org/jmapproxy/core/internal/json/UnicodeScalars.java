package org.jmapproxy.core.internal.json;

/** Which code points I-JSON allows in strings (RFC 7493 section 2.1). */
final class UnicodeScalars {

  private static final char REPLACEMENT = '\ufffd';

  private UnicodeScalars() {}

  /** Whether a string is free of lone surrogates and noncharacters. */
  static boolean allowed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < Character.MIN_SURROGATE) {
        continue;
      }
      int codePoint = text.codePointAt(i);
      if (isForbidden(codePoint)) {
        return false;
      }
      i += Character.charCount(codePoint) - 1;
    }
    return true;
  }

  /** The string with U+FFFD in place of everything that is not allowed. */
  static String repaired(String text) {
    if (allowed(text)) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints().forEach(c -> repaired.appendCodePoint(isForbidden(c) ? REPLACEMENT : c));
    return repaired.toString();
  }

  private static boolean isForbidden(int codePoint) {
    return (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
        || (codePoint >= 0xfdd0 && codePoint <= 0xfdef)
        || (codePoint & 0xfffe) == 0xfffe;
  }
}
