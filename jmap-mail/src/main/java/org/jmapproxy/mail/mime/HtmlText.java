package org.jmapproxy.mail.mime;

import java.util.Locale;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * Reads the text of HTML, perhaps cut anywhere, in one pass and with no memory of its tree: enough
 * for previews and search. Blocks end lines; quoted blocks become lines with {@code >}.
 */
public final class HtmlText {
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "br",
          "hr",
          "li",
          "ul",
          "ol",
          "dl",
          "dt",
          "dd",
          "table",
          "tr",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "pre",
          "blockquote",
          "section",
          "article",
          "header",
          "footer",
          "center",
          "form",
          "body");
  private static final Set<String> CELLS = Set.of("td", "th", "option", "button");
  private static final Set<String> WITHOUT_TEXT =
      Set.of("style", "script", "title", "head", "template", "noscript", "svg", "object", "select");
  private static final int LONGEST_TAG_NAME = 16;

  private final String html;
  private final StringBuilder text;
  private int at;
  private int quoteDepth;
  private boolean headEnds = true;

  private HtmlText(String html) {
    this.html = html;
    this.text = new StringBuilder(html.length() / 2);
  }

  /**
   * The text of a piece of HTML.
   *
   * @param html whole or just its beginning
   */
  public static String of(String html) {
    return new HtmlText(html).read();
  }

  private String read() {
    while (at < html.length()) {
      int tag = html.indexOf('<', at);
      int end = tag < 0 ? html.length() : tag;
      text(end);
      at = end;
      if (tag >= 0) {
        markup();
      }
    }
    return text.toString();
  }

  private void text(int end) {
    if (end == at) {
      return;
    }
    String piece = html.substring(at, end);
    String plain = piece.indexOf('&') < 0 ? piece : Parser.unescapeEntities(piece, false);
    if (quoteDepth > 0 && !plain.isBlank() && (text.isEmpty() || endsWith('\n'))) {
      text.append("> ");
    }
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      text.append(c == '\n' || c == '\r' ? ' ' : c);
    }
  }

  private void markup() {
    if (html.startsWith("<!--", at)) {
      skipPast("-->");
      return;
    }
    boolean closing = at + 1 < html.length() && html.charAt(at + 1) == '/';
    String name = tagName(at + (closing ? 2 : 1));
    if (name.isEmpty() && !startsDeclaration()) {
      text.append('<');
      at++;
      return;
    }
    at = tagEnd(at + 1);
    if (WITHOUT_TEXT.contains(name)
        && !closing
        && html.charAt(Math.min(at, html.length()) - 2) != '/') {
      skipElement(name);
    } else if (name.equals("blockquote")) {
      quoteDepth = Math.max(0, quoteDepth + (closing ? -1 : 1));
    }
    if (BLOCKS.contains(name) && !endsWith('\n')) {
      text.append('\n');
    } else if (CELLS.contains(name)) {
      text.append(' ');
    }
  }

  private boolean startsDeclaration() {
    return html.startsWith("<!", at) || html.startsWith("<?", at) || html.startsWith("</", at);
  }

  private String tagName(int from) {
    int end = from;
    while (end < html.length()
        && end < from + LONGEST_TAG_NAME
        && Character.isLetterOrDigit(html.charAt(end))) {
      end++;
    }
    boolean isName = end > from && Character.isLetter(html.charAt(from));
    return isName ? html.substring(from, end).toLowerCase(Locale.ROOT) : "";
  }

  /** Past the tag's closing bracket; brackets in quoted attribute values do not count. */
  private int tagEnd(int from) {
    char quote = 0;
    for (int i = from; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return html.length();
  }

  private void skipPast(String mark) {
    int end = html.indexOf(mark, at);
    at = end < 0 ? html.length() : end + mark.length();
  }

  /** Past the closing tag; of a head never closed, past the opening tag only. */
  private void skipElement(String name) {
    if (name.equals("head") && !headEnds) {
      return;
    }
    String close = "</" + name;
    for (int i = html.indexOf('<', at); i >= 0; i = html.indexOf('<', i + 1)) {
      if (html.regionMatches(true, i, close, 0, close.length())) {
        at = tagEnd(i + 1);
        return;
      }
    }
    if (name.equals("head")) {
      headEnds = false;
    } else {
      at = html.length();
    }
  }

  private boolean endsWith(char c) {
    return !text.isEmpty() && text.charAt(text.length() - 1) == c;
  }
}
