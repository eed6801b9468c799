package org.jmapproxy.mail.header;

import java.util.ArrayList;
import java.util.List;

/**
 * An addr-spec without angle brackets among other words.
 *
 * @param email the addr-spec
 * @param firstWord index of its first word
 * @param endWord index after its last word
 */
record BareAddress(String email, int firstWord, int endWord) {

  int wordCount() {
    return endWord - firstWord;
  }

  /** All addr-specs among the words, joined over obsolete white space around dots and at signs. */
  static List<BareAddress> in(List<PhraseWord> words) {
    List<BareAddress> found = new ArrayList<>(1);
    int first = 0;
    while (first < words.size()) {
      int end = first + 1;
      boolean hasAt = words.get(first).hasAt();
      while (end < words.size() && continues(words.get(end - 1), words.get(end), hasAt)) {
        hasAt |= words.get(end).hasAt();
        end++;
      }
      if (hasAt) {
        found.add(new BareAddress(join(words.subList(first, end)), first, end));
      }
      first = end;
    }
    return found;
  }

  private static boolean continues(PhraseWord word, PhraseWord next, boolean hasAt) {
    if (!next.spaceBefore()) {
      return true;
    }
    return word.text().endsWith("@")
        || next.text().startsWith("@")
        || (hasAt && (word.text().endsWith(".") || next.text().startsWith(".")));
  }

  private static String join(List<PhraseWord> words) {
    StringBuilder email = new StringBuilder();
    words.forEach(word -> email.append(word.text()));
    int end = email.length();
    while (end > 0 && email.charAt(end - 1) == '>') {
      end--;
    }
    return email.substring(0, end);
  }
}
