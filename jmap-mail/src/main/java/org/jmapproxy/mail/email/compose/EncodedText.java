package org.jmapproxy.mail.email.compose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Writes text into header fields: as it is where that is possible, else in encoded words (RFC
 * 2047).
 */
final class EncodedText {

  private static final int LONGEST_WORD = 900;
  private static final int ENCODED_OCTETS = 42;

  private EncodedText() {}

  /** Text without line breaks and control characters, which no header field can hold. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      clean.append(c < ' ' || c == 0x7f ? ' ' : c);
    }
    return clean.toString();
  }

  /** The words of unstructured text; those from the first to the last difficult one are encoded. */
  static List<String> words(String text) {
    String[] words = clean(text).split(" ", -1);
    int first = 0;
    while (first < words.length && !isDifficult(words[first])) {
      first++;
    }
    if (first == words.length && !text.endsWith(" ")) {
      return List.of(words);
    }
    first = Math.min(first, words.length - 1);
    int last = text.endsWith(" ") ? words.length - 1 : first;
    for (int i = first; i < words.length; i++) {
      last = isDifficult(words[i]) ? Math.max(last, i) : last;
    }
    List<String> written = new ArrayList<>(List.of(words).subList(0, first));
    written.addAll(encoded(String.join(" ", List.of(words).subList(first, last + 1))));
    written.addAll(List.of(words).subList(last + 1, words.length));
    return written;
  }

  /** Text as encoded words, none of which ends within a character. */
  static List<String> encoded(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int octets = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      String character = Character.toString(codePoint);
      int size = character.getBytes(StandardCharsets.UTF_8).length;
      if (octets + size > ENCODED_OCTETS) {
        words.add(word(part.toString()));
        part.setLength(0);
        octets = 0;
      }
      part.append(character);
      octets += size;
      i += Character.charCount(codePoint);
    }
    words.add(word(part.toString()));
    return words;
  }

  /** Whether text has to be encoded to get through. */
  static boolean isDifficult(String word) {
    return word.length() > LONGEST_WORD
        || word.contains("=?")
        || word.chars().anyMatch(c -> c < ' ' || c > '~');
  }

  private static String word(String text) {
    return "=?utf-8?B?"
        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "?=";
  }
}
