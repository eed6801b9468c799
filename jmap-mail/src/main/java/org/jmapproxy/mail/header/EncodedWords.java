package org.jmapproxy.mail.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the encoded words of unfolded, unstructured text (RFC 2047). A word counts only between
 * white space or the ends of the text; white space between two of them disappears; a character
 * split over two words of one charset is put together again. One pass, never fails.
 */
public final class EncodedWords {
  private final String text;
  private final StringBuilder out;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private @Nullable Charset pendingCharset;

  private EncodedWords(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  /**
   * Decodes every encoded word of a known charset; all else stays as it is.
   *
   * @param text unfolded text
   */
  public static String decode(String text) {
    return text.contains("=?") ? new EncodedWords(text).decoded() : text;
  }

  private String decoded() {
    int at = 0;
    while (at < text.length()) {
      int word = at;
      while (word < text.length() && isSpace(text.charAt(word))) {
        word++;
      }
      int end = word;
      while (end < text.length() && !isSpace(text.charAt(end))) {
        end++;
      }
      Optional<EncodedWord> encoded = EncodedWord.parse(text, word, end);
      if (encoded.isEmpty()) {
        flush();
        out.append(text, at, end);
      } else {
        add(encoded.get(), text.substring(at, word));
      }
      at = end;
    }
    flush();
    return out.toString();
  }

  private void add(EncodedWord word, String spaceBefore) {
    Charset before = pendingCharset;
    if (before == null) {
      out.append(spaceBefore);
    } else if (!before.equals(word.charset())) {
      flush();
    }
    pendingCharset = word.charset();
    pending.writeBytes(word.octets());
  }

  private void flush() {
    Charset charset = pendingCharset;
    if (charset != null) {
      appendPrintable(pending.toString(charset));
      pending.reset();
      pendingCharset = null;
    }
  }

  /** What was encoded may hide line breaks, NUL or escapes; these never come out. */
  private void appendPrintable(String decoded) {
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (!Character.isISOControl(c)) {
        out.append(c);
      }
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
