package org.jmapproxy.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The charset of an HTML part: what its header says, else what its own meta element says. */
public final class HtmlCharset {
  private static final int LOOK_AHEAD = 1024;
  private static final int LONGEST_NAME = 40;

  private HtmlCharset() {}

  /**
   * The charset to read a part with.
   *
   * @param part an HTML part
   * @param octets its decoded content, or the beginning of it
   */
  public static Optional<String> of(BodyPart part, byte[] octets) {
    if (part.parameters().containsKey("charset")) {
      return part.charset();
    }
    Optional<String> declared = part.charset().filter(name -> !name.equals("us-ascii"));
    return declared.or(() -> inMeta(octets)).or(part::charset);
  }

  private static Optional<String> inMeta(byte[] octets) {
    int length = Math.min(octets.length, LOOK_AHEAD);
    String head =
        new String(octets, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int meta = head.indexOf("<meta");
    int at = meta < 0 ? -1 : head.indexOf("charset=", meta);
    if (at < 0) {
      return Optional.empty();
    }
    int start = at + "charset=".length();
    while (start < head.length() && (head.charAt(start) == '"' || head.charAt(start) == '\'')) {
      start++;
    }
    int end = start;
    while (end < head.length() && end < start + LONGEST_NAME && isNameCharacter(head.charAt(end))) {
      end++;
    }
    String name = head.substring(start, end);
    return name.isEmpty() || name.startsWith("utf-16") ? Optional.empty() : Optional.of(name);
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == ':' || c == '.';
  }
}
