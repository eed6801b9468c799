package org.jmapproxy.mail.email.compose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text as the content of a part.
 *
 * @param transferEncoding 7bit if the text allows it
 * @param encoded in ASCII, with CRLF
 */
record TextContent(String transferEncoding, String encoded) {

  private static final int LONGEST_LINE = 998;
  private static final int QUOTED_LINE = 75;

  /** Chooses the encoding that leaves the most to read. */
  static TextContent of(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    boolean plain = lines.chars().allMatch(c -> c < 0x7f && (c >= ' ' || isLineOrTab(c)));
    if (plain && lines.lines().allMatch(line -> line.length() <= LONGEST_LINE)) {
      return new TextContent("7bit", lines);
    }
    byte[] octets = lines.getBytes(StandardCharsets.UTF_8);
    long difficult = lines.chars().filter(c -> c > '~' || c == '=').count();
    if (difficult * 4 > lines.length()) {
      return new TextContent("base64", Base64.getMimeEncoder().encodeToString(octets) + "\r\n");
    }
    return new TextContent("quoted-printable", quotedPrintable(octets));
  }

  private static boolean isLineOrTab(int c) {
    return c == '\n' || c == '\r' || c == '\t';
  }

  private static String quotedPrintable(byte[] octets) {
    StringBuilder encoded = new StringBuilder(octets.length * 2);
    int column = 0;
    for (int i = 0; i < octets.length; i++) {
      byte octet = octets[i];
      if (octet == '\r' && i + 1 < octets.length && octets[i + 1] == '\n') {
        encoded.append("\r\n");
        column = 0;
        i++;
        continue;
      }
      String one = isQuotable(octets, i) ? String.format("=%02X", octet) : "" + (char) octet;
      if (column + one.length() > QUOTED_LINE) {
        encoded.append("=\r\n");
        column = 0;
      }
      encoded.append(one);
      column += one.length();
    }
    return encoded.toString();
  }

  /** White space at the end of a line would be lost on the way. */
  private static boolean isQuotable(byte[] octets, int at) {
    byte octet = octets[at];
    if (octet == ' ' || octet == '\t') {
      return at + 1 == octets.length || octets[at + 1] == '\r';
    }
    return octet < '!' || octet > '~' || octet == '=';
  }
}
