package org.jmapproxy.backend.imap.internal.smtp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says to a command.
 *
 * @param code three digits, 200 to 599
 * @param lines the text behind the code of each line, at least one
 */
public record SmtpReply(int code, List<String> lines) {

  private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: |$)");

  /** More of what a server says is of no use, and would not fit into a line of a message. */
  private static final int LONGEST = 900;

  /** Copies the lines. */
  public SmtpReply {
    lines = List.copyOf(lines);
  }

  /** A reply of one line. */
  public static SmtpReply of(int code, String text) {
    return new SmtpReply(code, List.of(text));
  }

  /** Whether the command was done. */
  public boolean isPositive() {
    return code < 400;
  }

  /** Whether the same command may be done later. */
  public boolean isTransient() {
    return code >= 400 && code < 500;
  }

  /** Whether there is no use in trying again. */
  public boolean isPermanent() {
    return code >= 500;
  }

  /** The enhanced status code (RFC 3463), if there is one. */
  public Optional<String> enhanced() {
    Matcher matcher = ENHANCED.matcher(lines.get(0));
    return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether the enhanced status code is of this subject and detail, such as {@code 1.1}. */
  public boolean isAbout(String subjectAndDetail) {
    return enhanced().filter(status -> status.substring(2).equals(subjectAndDetail)).isPresent();
  }

  /**
   * The whole reply in one line, as RFC 8621 section 7 says: what all lines begin with stands there
   * once.
   */
  public String oneLine() {
    String first = lines.get(0);
    String common = enhanced().map(status -> status + " ").orElse("");
    StringBuilder text = new StringBuilder().append(code).append(' ').append(first);
    for (String line : lines.subList(1, lines.size())) {
      text.append(' ').append(line.startsWith(common) ? line.substring(common.length()) : line);
    }
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text.toString();
  }

  @Override
  public String toString() {
    return oneLine();
  }
}
