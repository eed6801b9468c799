package org.jmapproxy.mail.email;

/** Cuts body values where {@code maxBodyValueBytes} says (RFC 8621 section 4.2). */
final class BodyTruncation {

  private BodyTruncation() {}

  /**
   * The longest beginning of a text that fits, without half characters and half HTML tags.
   *
   * @param limit octets of UTF-8; 0: no limit
   */
  static String cut(String text, long limit, boolean html) {
    if (limit <= 0) {
      return text;
    }
    int end = 0;
    long octets = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      octets += octets(codePoint);
      if (octets > limit) {
        String cut = text.substring(0, end);
        return html ? withoutHalfTag(cut) : cut;
      }
      end += Character.charCount(codePoint);
    }
    return text;
  }

  private static String withoutHalfTag(String html) {
    int open = html.lastIndexOf('<');
    return open > html.lastIndexOf('>') ? html.substring(0, open) : html;
  }

  private static int octets(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    } else if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
