package org.jmapproxy.mail.header;

import java.util.List;

/**
 * A word of a phrase (RFC 5322 section 3.2.5).
 *
 * @param text as in the message, quotes included
 * @param isQuoted whether it is a quoted string
 * @param spaceBefore whether white space stands before it
 */
record PhraseWord(String text, boolean isQuoted, boolean spaceBefore) {

  static PhraseWord atom(String text, boolean spaceBefore) {
    return new PhraseWord(text, false, spaceBefore);
  }

  static PhraseWord quoted(String text, boolean spaceBefore) {
    return new PhraseWord(text, true, spaceBefore);
  }

  boolean hasAt() {
    return !isQuoted && text.indexOf('@') >= 0;
  }

  /** The words as one decoded text, with single spaces where white space was. */
  static String phrase(List<PhraseWord> words) {
    if (words.size() == 1) {
      return words.get(0).decoded();
    }
    StringBuilder phrase = new StringBuilder();
    StringBuilder atoms = new StringBuilder();
    for (PhraseWord word : words) {
      StringBuilder target = word.isQuoted ? phrase : atoms;
      if (word.isQuoted) {
        flush(atoms, phrase);
      }
      if (word.spaceBefore && !(phrase.isEmpty() && atoms.isEmpty())) {
        target.append(' ');
      }
      target.append(word.isQuoted ? word.decoded() : word.text);
    }
    flush(atoms, phrase);
    return phrase.toString().strip();
  }

  private static void flush(StringBuilder atoms, StringBuilder phrase) {
    phrase.append(decodeWords(atoms.toString()));
    atoms.setLength(0);
  }

  private String decoded() {
    if (!isQuoted) {
      return decodeWords(text);
    }
    String content = FieldScanner.content(text);
    return isAllEncodedWords(content) ? decodeWords(content) : TextForm.composed(content);
  }

  /**
   * RFC 2047 forbids encoded words in quoted strings, and yet many programs write them there. A
   * quoted string that is nothing else was never meant to be read literally.
   */
  private static boolean isAllEncodedWords(String content) {
    if (!content.startsWith("=?")) {
      return false;
    }
    for (String word : content.split("[ \t]+", -1)) {
      if (EncodedWord.parse(word, 0, word.length()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static String decodeWords(String text) {
    return text.isEmpty() ? text : TextForm.keepingSpace(text);
  }
}
