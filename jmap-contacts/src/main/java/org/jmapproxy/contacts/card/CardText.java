package org.jmapproxy.contacts.card;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a filter (RFC 9610 section 3.3.1): words that must all occur, and quoted phrases that
 * must occur as they stand, without regard to case. A term may also occur inside of a word.
 *
 * @param terms as they are compared ({@link #caseless}); a text without any matches all
 */
public record CardText(List<String> terms) {

  private static final Pattern TERM =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|(\\S+)");

  /** Copies the list. */
  public CardText {
    terms = List.copyOf(terms);
  }

  /** Reads a filter's text. A quote that is not closed stands for itself. */
  public static CardText parse(String text) {
    List<String> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(text);
    while (matcher.find()) {
      boolean phrase = matcher.group(3) == null;
      String written = phrase ? matcher.group().substring(1, matcher.group().length() - 1) : "";
      String term = phrase ? written.replaceAll("\\\\(.)", "$1") : matcher.group(3);
      String wanted = caseless(term).strip();
      if (!wanted.isEmpty()) {
        terms.add(wanted);
      }
    }
    return new CardText(terms);
  }

  /** Whether each term occurs in one of these texts. */
  public boolean matches(List<String> texts) {
    List<String> folded = texts.stream().map(CardText::caseless).toList();
    return terms.stream().allMatch(term -> folded.stream().anyMatch(text -> text.contains(term)));
  }

  /** A text as it is compared. */
  public static String caseless(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ");
  }
}
