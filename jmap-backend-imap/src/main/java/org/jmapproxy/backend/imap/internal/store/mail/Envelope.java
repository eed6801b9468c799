package org.jmapproxy.backend.imap.internal.store.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jmapproxy.mail.header.HeaderProperty;

/**
 * The part of a header that message lists show: all fields behind the convenience properties of RFC
 * 8621 section 4.1.3, octet by octet as they stand in the message.
 */
final class Envelope {

  private static final Set<String> FIELDS =
      Set.of(
          "message-id",
          "in-reply-to",
          "references",
          "sender",
          "from",
          "to",
          "cc",
          "bcc",
          "reply-to",
          "subject",
          "date");

  private static final int LONGEST_NAME = 11;

  private Envelope() {}

  /** Whether the envelope is enough to show these properties. */
  static boolean isEnoughFor(Set<String> properties) {
    return properties.stream().allMatch(Envelope::isEnoughFor);
  }

  /** The fields of a header that belong to it. */
  static byte[] of(byte[] header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    boolean wanted = false;
    int start = 0;
    while (start < header.length) {
      int end = endOfLine(header, start);
      if (isEmptyLine(header, start)) {
        break;
      }
      boolean continues = header[start] == ' ' || header[start] == '\t';
      wanted = continues ? wanted : isWanted(header, start, end);
      if (wanted) {
        out.write(header, start, end - start);
      }
      start = end;
    }
    return out.toByteArray();
  }

  private static boolean isEnoughFor(String property) {
    if (property.equals("headers")) {
      return false;
    }
    return !HeaderProperty.isClaimedBy(property)
        || HeaderProperty.parse(property)
            .map(header -> FIELDS.contains(header.fieldName().toLowerCase(Locale.ROOT)))
            .orElse(true);
  }

  private static boolean isEmptyLine(byte[] header, int start) {
    return header[start] == '\n'
        || (header[start] == '\r' && start + 1 < header.length && header[start + 1] == '\n');
  }

  private static int endOfLine(byte[] header, int start) {
    int end = start;
    while (end < header.length && header[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, header.length);
  }

  private static boolean isWanted(byte[] header, int start, int end) {
    int colon = start;
    while (colon < end && header[colon] != ':' && colon - start <= LONGEST_NAME + 8) {
      colon++;
    }
    if (colon == end || header[colon] != ':') {
      return false;
    }
    String name =
        new String(header, start, colon - start, StandardCharsets.ISO_8859_1)
            .strip()
            .toLowerCase(Locale.ROOT);
    return FIELDS.contains(name);
  }
}
