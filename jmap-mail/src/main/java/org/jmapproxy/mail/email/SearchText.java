package org.jmapproxy.mail.email;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of a filter as RFC 8621 section 4.4.1 reads it: words that must all occur, and quoted
 * phrases that must occur as they stand; case does not count. Immutable.
 *
 * @param terms words and phrases, normalised and in lower case; a text without any matches all
 */
public record SearchText(List<String> terms) {

  /** Copies the list. */
  public SearchText {
    terms = List.copyOf(terms);
  }

  /** Reads a filter's text. A quote that is not closed stands for itself. */
  public static SearchText parse(String text) {
    String wanted = caseless(text);
    List<String> terms = new ArrayList<>();
    int at = 0;
    while (at < wanted.length()) {
      char c = wanted.charAt(at);
      int close = c == '"' || c == '\'' ? closingQuote(wanted, at) : -1;
      if (Character.isWhitespace(c)) {
        at++;
      } else if (close > 0) {
        addTerm(terms, unescape(wanted.substring(at + 1, close)));
        at = close + 1;
      } else {
        int end = at;
        while (end < wanted.length() && !Character.isWhitespace(wanted.charAt(end))) {
          end++;
        }
        addTerm(terms, wanted.substring(at, end));
        at = end;
      }
    }
    return new SearchText(terms);
  }

  /** Whether all terms occur in a text. */
  public boolean matches(String text) {
    String haystack = caseless(text);
    return terms.stream().allMatch(haystack::contains);
  }

  /** A text as it is compared: normalised, without case, white space collapsed. */
  public static String caseless(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ");
  }

  /** A phrase ends at the same quote, in front of white space or the end. */
  private static int closingQuote(String text, int open) {
    for (int i = open + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == text.charAt(open)) {
        boolean atEnd = i + 1 == text.length() || Character.isWhitespace(text.charAt(i + 1));
        return atEnd ? i : -1;
      }
    }
    return -1;
  }

  private static String unescape(String phrase) {
    return phrase.replaceAll("\\\\(['\"\\\\])", "$1");
  }

  private static void addTerm(List<String> terms, String term) {
    if (!term.isBlank()) {
      terms.add(term.strip());
    }
  }
}
