package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jmapproxy.mail.email.Keywords;

/**
 * The flags of a message as they are stored: system flags as bits, keywords as words.
 *
 * @param bits of {@link #SEEN}, {@link #ANSWERED}, {@link #FLAGGED}, {@link #DRAFT}, {@link
 *     #DELETED}
 * @param keywords the others in lower case and in order, each with a blank on both sides ({@code "
 *     a b "}); empty if there are none
 */
public record FlagSet(int bits, String keywords) {

  /** {@code \Seen}. */
  public static final int SEEN = 1;

  /** {@code \Answered}. */
  public static final int ANSWERED = 2;

  /** {@code \Flagged}. */
  public static final int FLAGGED = 4;

  /** {@code \Draft}. */
  public static final int DRAFT = 8;

  /** {@code \Deleted}, which no keyword stands for. */
  public static final int DELETED = 16;

  /** No flag at all. */
  public static final FlagSet NONE = new FlagSet(0, "");

  private static final Map<String, Integer> BITS =
      Map.of(
          "\\seen", SEEN,
          "\\answered", ANSWERED,
          "\\flagged", FLAGGED,
          "\\draft", DRAFT,
          "\\deleted", DELETED);

  private static final Map<String, Integer> SYSTEM_KEYWORDS =
      Map.of("$seen", SEEN, "$answered", ANSWERED, "$flagged", FLAGGED, "$draft", DRAFT);

  /**
   * Reads flags as IMAP writes them. {@code \Recent}, unknown system flags, what is no keyword in
   * JMAP, and keywords that only look like a system flag ({@code $seen}) are left out.
   */
  public static FlagSet ofImap(Collection<String> flags) {
    int bits = 0;
    Set<String> words = new TreeSet<>();
    for (String flag : flags) {
      String word = flag.toLowerCase(Locale.ROOT);
      if (word.startsWith("\\")) {
        bits |= BITS.getOrDefault(word, 0);
      } else if (!SYSTEM_KEYWORDS.containsKey(word) && Keywords.isValid(word)) {
        words.add(word);
      }
    }
    return new FlagSet(bits, joined(words));
  }

  /** The bit behind a keyword, 0 if it is none of the four. */
  public static int bitOf(String keyword) {
    return SYSTEM_KEYWORDS.getOrDefault(keyword, 0);
  }

  /** The keywords that JMAP shows. */
  public Set<String> toKeywords() {
    Set<String> shown = new LinkedHashSet<>();
    SYSTEM_KEYWORDS.forEach(
        (keyword, bit) -> {
          if ((bits & bit) != 0) {
            shown.add(keyword);
          }
        });
    addWords(keywords, shown);
    return shown;
  }

  /** Flags that one of the two has; {@code \Deleted} is left out. */
  public FlagSet union(FlagSet other) {
    int both = (bits | other.bits) & ~DELETED;
    if (keywords.equals(other.keywords) || other.keywords.isEmpty()) {
      return new FlagSet(both, keywords);
    }
    if (keywords.isEmpty()) {
      return new FlagSet(both, other.keywords);
    }
    Set<String> words = new TreeSet<>();
    addWords(keywords, words);
    addWords(other.keywords, words);
    return new FlagSet(both, joined(words));
  }

  /** Whether {@code \Deleted} is set. */
  public boolean isDeleted() {
    return (bits & DELETED) != 0;
  }

  /** Whether a message with such bits counts as unread: neither seen nor a draft. */
  public static boolean isUnread(int bits) {
    return (bits & (SEEN | DRAFT)) == 0;
  }

  private static void addWords(String keywords, Set<String> words) {
    if (!keywords.isEmpty()) {
      for (String word : keywords.substring(1, keywords.length() - 1).split(" ", -1)) {
        words.add(word);
      }
    }
  }

  private static String joined(Set<String> words) {
    return words.isEmpty() ? "" : " " + String.join(" ", words) + " ";
  }
}
