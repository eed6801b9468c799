package org.jmapproxy.contacts.internal.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.SourceLine.Kind;
import org.jmapproxy.contacts.vcard.InvalidVCardException;
import org.jmapproxy.contacts.vcard.VCardLimits;

/** Cuts a text into lines of which every character is kept. */
public final class LineReader {

  private final String text;
  private final VCardLimits limits;
  private final List<SourceLine> lines = new ArrayList<>();
  private int at;
  private int depth;
  private boolean ended;

  private LineReader(String text, VCardLimits limits) {
    this.text = text;
    this.limits = limits;
  }

  /**
   * All lines of a text; those after its first vCard are {@link Kind#OTHER}.
   *
   * @throws InvalidVCardException when there is no vCard in it, or it is beyond the limits
   */
  public static List<SourceLine> read(String text, VCardLimits limits) {
    if (text.length() > limits.maxCharacters()) {
      throw new InvalidVCardException("larger than " + limits.maxCharacters() + " characters");
    }
    return new LineReader(text, limits).read();
  }

  /** The property of an unfolded line; empty if it is none. */
  public static Optional<ContentLine> property(String line) {
    return LineParser.parse(line, VCardLimits.standard().maxParameters());
  }

  private List<SourceLine> read() {
    if (text.startsWith("\uFEFF")) {
      lines.add(SourceLine.of("\uFEFF", Kind.OTHER));
      at = 1;
    }
    while (at < text.length()) {
      if (lines.size() >= limits.maxLines()) {
        throw new InvalidVCardException("more than " + limits.maxLines() + " lines");
      }
      lines.add(next());
    }
    if (lines.stream().noneMatch(line -> line.kind() == Kind.BEGIN)) {
      throw new InvalidVCardException("no BEGIN:VCARD");
    }
    return lines;
  }

  private SourceLine next() {
    int start = at;
    String unfolded = unfolded();
    String raw = text.substring(start, at);
    String plain = unfolded.strip().toUpperCase(Locale.ROOT).replace(" ", "");
    if (plain.equals("BEGIN:VCARD") && !ended) {
      depth++;
      return SourceLine.of(raw, depth == 1 ? Kind.BEGIN : Kind.OTHER);
    }
    if (plain.equals("END:VCARD") && depth > 0) {
      depth--;
      ended = depth == 0;
      return SourceLine.of(raw, ended ? Kind.END : Kind.OTHER);
    }
    if (depth != 1 || plain.isEmpty()) {
      return SourceLine.of(raw, Kind.OTHER);
    }
    Optional<ContentLine> property = LineParser.parse(unfolded, limits.maxParameters());
    return new SourceLine(raw, property.isPresent() ? Kind.PROPERTY : Kind.BROKEN, property);
  }

  /** The line with its continuations, joined. */
  private String unfolded() {
    String first = physical();
    StringBuilder joined = new StringBuilder(first);
    String head = first.substring(0, Math.max(0, first.indexOf(':'))).toUpperCase(Locale.ROOT);
    boolean quotedPrintable = head.contains("QUOTED-PRINTABLE");
    boolean base64 = head.contains("ENCODING=B") || head.contains(";BASE64");
    while (at < text.length()) {
      if (quotedPrintable && endsWithSoftBreak(joined)) {
        joined.setLength(joined.length() - 1);
        joined.append(physical());
      } else if (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
        at++;
        joined.append(physical());
      } else if (base64 && isBase64(at, endOfPhysical())) {
        joined.append(physical());
      } else {
        break;
      }
    }
    return joined.toString();
  }

  private static boolean endsWithSoftBreak(StringBuilder line) {
    return line.length() > 0 && line.charAt(line.length() - 1) == '=';
  }

  /** The text up to the next line end, which is passed over. */
  private String physical() {
    int end = endOfPhysical();
    String line = text.substring(at, end);
    at = end;
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    return line;
  }

  private int endOfPhysical() {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /** Some applications do not indent the lines of a picture. */
  private boolean isBase64(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '+' && c != '/' && c != '=') {
        return false;
      }
    }
    return to > from;
  }
}
