package org.jmapproxy.mail.email;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jmapproxy.mail.charset.Normalization;

/**
 * The text of a filter as RFC 8621 section 4.4.1 reads it: words that must all occur, and quoted
 * phrases that must occur as they stand. Immutable.
 *
 * <p>A term occurs wherever its characters stand one after the other, also inside of a word: so it
 * is with every script, whether it writes spaces or not. Case, compatible forms of a character
 * (full width, ligatures, presentation forms) and the amount of white space make no difference;
 * diacritics do. This is how IMAP servers compare ({@code i;unicode-casemap}, RFC 5051), so that a
 * server which is asked agrees with a replica.
 *
 * @param terms words and phrases as they are compared ({@link #caseless}); a text without any
 *     matches all
 * @param asWritten the same terms as they were written, for whoever asks somebody else
 */
public record SearchText(List<String> terms, List<String> asWritten) {

  /** Copies the lists. */
  public SearchText {
    terms = List.copyOf(terms);
    asWritten = List.copyOf(asWritten);
  }

  /** Reads a filter's text. A quote that is not closed stands for itself. */
  public static SearchText parse(String text) {
    List<String> written = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int close = c == '"' || c == '\'' ? closingQuote(text, at) : -1;
      if (isSpace(c)) {
        at++;
      } else if (close > 0) {
        written.add(unescape(text.substring(at + 1, close)));
        at = close + 1;
      } else {
        int end = at;
        while (end < text.length() && !isSpace(text.charAt(end))) {
          end++;
        }
        written.add(text.substring(at, end));
        at = end;
      }
    }
    return ofTerms(written);
  }

  private static SearchText ofTerms(List<String> written) {
    List<String> terms = new ArrayList<>();
    List<String> asWritten = new ArrayList<>();
    for (String term : written) {
      String wanted = caseless(term).strip();
      if (!wanted.isEmpty()) {
        terms.add(wanted);
        asWritten.add(collapse(Normalization.of(term, Normalizer.Form.NFC)).strip());
      }
    }
    return new SearchText(terms, asWritten);
  }

  /** Each term alone. */
  public List<SearchText> single() {
    return IntStream.range(0, terms.size())
        .mapToObj(i -> new SearchText(List.of(terms.get(i)), List.of(asWritten.get(i))))
        .toList();
  }

  /** Whether all terms occur in a text. */
  public boolean matches(String text) {
    String haystack = caseless(text);
    return terms.stream().allMatch(haystack::contains);
  }

  /** A text as it is compared: decomposed, without case, each white space a single space. */
  public static String caseless(String text) {
    return isAscii(text) ? caselessAscii(text) : caselessUnicode(text);
  }

  /** The same for most of all texts, many times faster. */
  private static String caselessAscii(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    boolean afterSpace = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = isSpace(c);
      if (!space) {
        folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      } else if (!afterSpace) {
        folded.append(' ');
      }
      afterSpace = space;
    }
    return folded.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String caselessUnicode(String text) {
    String decomposed = Normalization.of(text, Normalizer.Form.NFKD);
    StringBuilder folded = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(folded::appendCodePoint);
    return collapse(folded);
  }

  private static String collapse(CharSequence text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean afterSpace = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = isSpace(text.charAt(i));
      if (!space) {
        collapsed.append(text.charAt(i));
      } else if (!afterSpace) {
        collapsed.append(' ');
      }
      afterSpace = space;
    }
    return collapsed.toString();
  }

  /** No white space lies beyond the basic plane. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** A phrase ends at the same quote, in front of white space or the end. */
  private static int closingQuote(String text, int open) {
    for (int i = open + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == text.charAt(open)) {
        boolean atEnd = i + 1 == text.length() || isSpace(text.charAt(i + 1));
        return atEnd ? i : -1;
      }
    }
    return -1;
  }

  private static String unescape(String phrase) {
    return phrase.replaceAll("\\\\(['\"\\\\])", "$1");
  }
}
