package org.jmapproxy.mail.header;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.jmapproxy.mail.charset.Normalization;

/**
 * The base subject (RFC 5256 section 2.1): what is left of a subject without reply and forward
 * marks and list tags, for sorting and threading. Knows the marks of other languages too. Linear in
 * the length of the subject.
 */
public final class SubjectBase {
  private static final Set<String> REPLY_OR_FORWARD =
      Set.of(
          "re",
          "fw",
          "fwd",
          "aw",
          "wg",
          "antw",
          "antwort",
          "sv",
          "vs",
          "vb",
          "vl",
          "rif",
          "r",
          "i",
          "inoltra",
          "tr",
          "rv",
          "res",
          "enc",
          "odp",
          "pd",
          "vá",
          "továbbítás",
          "ynt",
          "ilt",
          "doorst",
          "bls",
          "trs",
          "απ",
          "σχετ",
          "πρθ",
          "на",
          "отв",
          "пересл",
          "回复",
          "回覆",
          "答复",
          "转发",
          "轉寄",
          "答覆",
          "返信",
          "転送",
          "답장",
          "전달",
          "השב",
          "הועבר",
          "رد");

  private static final int LONGEST_MARK = 12;

  private final String subject;
  private int start;
  private int end;

  private SubjectBase(String text) {
    this.subject = collapse(text);
    this.end = subject.length();
  }

  /**
   * The base subject.
   *
   * @param text the subject in Text form
   */
  public static String of(String text) {
    return new SubjectBase(text).base();
  }

  /**
   * The base subject to sort by: without case.
   *
   * @param text the subject in Text form
   */
  public static String sortKey(String text) {
    return Normalization.of(of(text), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  /**
   * The base subject to compare messages of a Thread by: without case and white space (RFC 8621
   * section 3).
   *
   * @param text the subject in Text form
   */
  public static String threadKey(String text) {
    return sortKey(text).replace(" ", "");
  }

  private String base() {
    boolean again;
    do {
      removeTrailers();
      removeLeaders();
      again = removeForwardBrackets();
    } while (again);
    return subject.substring(start, end);
  }

  private void removeTrailers() {
    boolean again = true;
    while (again) {
      while (end > start && subject.charAt(end - 1) == ' ') {
        end--;
      }
      again = end - start >= 5 && subject.regionMatches(true, end - 5, "(fwd)", 0, 5);
      if (again) {
        end -= 5;
      }
    }
  }

  /** Marks, each with list tags before it; then the tags that are left, unless nothing else is. */
  private void removeLeaders() {
    boolean again = true;
    while (again) {
      start = skipSpace(start);
      int lastTag = -1;
      int at = start;
      int afterTag = skipTag(at);
      while (afterTag > at) {
        lastTag = at;
        at = afterTag;
        afterTag = skipTag(at);
      }
      int afterMark = skipMark(at);
      again = afterMark > at;
      if (again) {
        start = afterMark;
      } else {
        start = at == end && lastTag >= 0 ? lastTag : at;
      }
    }
  }

  private boolean removeForwardBrackets() {
    boolean bracketed =
        end - start >= 6
            && subject.charAt(end - 1) == ']'
            && subject.regionMatches(true, start, "[fwd:", 0, 5);
    if (bracketed) {
      start += 5;
      end--;
    }
    return bracketed;
  }

  /** Past {@code [tag]} and the space after it, or the same place if no tag begins here. */
  private int skipTag(int from) {
    if (from >= end || subject.charAt(from) != '[') {
      return from;
    }
    int at = from + 1;
    while (at < end && subject.charAt(at) != ']' && subject.charAt(at) != '[') {
      at++;
    }
    return at < end && subject.charAt(at) == ']' ? skipSpace(at + 1) : from;
  }

  /** Past {@code Re:}, {@code Re[2]:}, {@code Re^2:}, {@code Fwd [tag] :}, or the same place. */
  private int skipMark(int from) {
    int at = from;
    while (at < end && at - from <= LONGEST_MARK && Character.isLetter(subject.charAt(at))) {
      at++;
    }
    String mark = subject.substring(from, at).toLowerCase(Locale.ROOT);
    if (!REPLY_OR_FORWARD.contains(mark)) {
      return from;
    }
    at = skipTag(skipCount(skipSpace(at)));
    boolean colon = at < end && (subject.charAt(at) == ':' || subject.charAt(at) == '\uFF1A');
    return colon ? at + 1 : from;
  }

  /** Past {@code ^2} or {@code (2)}. */
  private int skipCount(int from) {
    if (from >= end || (subject.charAt(from) != '^' && subject.charAt(from) != '(')) {
      return from;
    }
    int at = from + 1;
    while (at < end && at < from + 5 && Character.isDigit(subject.charAt(at))) {
      at++;
    }
    if (subject.charAt(from) == '(' && at < end && subject.charAt(at) == ')') {
      at++;
    }
    return skipSpace(at);
  }

  private int skipSpace(int from) {
    int at = from;
    while (at < end && subject.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static String collapse(String text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
      if (!space) {
        collapsed.append(c);
      } else if (!collapsed.isEmpty() && collapsed.charAt(collapsed.length() - 1) != ' ') {
        collapsed.append(' ');
      }
    }
    return collapsed.toString();
  }
}
