package org.jmapproxy.mail.mime.transport;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes the header of a part whose encoding changes; everything else in it stays as it is. */
final class PartHeader {

  private static final String FIELD = "content-transfer-encoding";

  private PartHeader() {}

  /**
   * The header with another transfer encoding.
   *
   * @param header with the empty line that ends it
   */
  static byte[] with(String transferEncoding, byte[] header) {
    StringBuilder kept = new StringBuilder(header.length + 50);
    boolean isDropped = false;
    for (String line : lines(new String(header, StandardCharsets.ISO_8859_1))) {
      boolean continues = line.startsWith(" ") || line.startsWith("\t");
      isDropped = continues ? isDropped : isField(line);
      if (line.isBlank() && !continues) {
        break;
      }
      if (!isDropped) {
        kept.append(line);
      }
    }
    kept.append("Content-Transfer-Encoding: ").append(transferEncoding).append("\r\n\r\n");
    return kept.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String[] lines(String header) {
    return header.split("(?<=\n)");
  }

  private static boolean isField(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && line.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(FIELD);
  }
}
