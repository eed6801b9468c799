package org.jmapproxy.mail.header;

import java.text.Normalizer;
import org.jmapproxy.mail.charset.Normalization;

/** The Text form of a header value (RFC 8621 section 4.1.2.2). */
public final class TextForm {
  private TextForm() {}

  /**
   * Unfolds, decodes encoded words, and normalises to NFC. Text that merely resembles encoded words
   * (wrong placement, unknown charset) stays as it is.
   *
   * @param raw the value in Raw form
   */
  public static String of(String raw) {
    return keepingSpace(unfold(raw));
  }

  /** Decodes and normalises unfolded text. */
  static String keepingSpace(String unfolded) {
    return composed(EncodedWords.decode(unfolded));
  }

  /** In Normalization Form C. */
  static String composed(String text) {
    return isAscii(text) ? text : Normalization.of(text, Normalizer.Form.NFC);
  }

  /** Without line breaks (the white space after them stays) and without leading white space. */
  static String unfold(String raw) {
    int start = 0;
    while (start < raw.length() && isBlank(raw.charAt(start))) {
      start++;
    }
    String value = raw.substring(start);
    if (value.indexOf('\n') < 0 && value.indexOf('\r') < 0) {
      return value;
    }
    StringBuilder unfolded = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\r' && c != '\n') {
        unfolded.append(c);
      }
    }
    return unfolded.toString();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
