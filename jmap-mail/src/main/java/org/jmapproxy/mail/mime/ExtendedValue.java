package org.jmapproxy.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.SortedMap;
import org.jmapproxy.mail.charset.Normalization;
import org.jmapproxy.mail.charset.TextDecoder;
import org.jmapproxy.mail.header.EncodedWords;

/**
 * A parameter value of RFC 2231, in sections of which some are percent-encoded.
 *
 * @param sections by number
 */
record ExtendedValue(SortedMap<Integer, Section> sections) {

  /**
   * One section.
   *
   * @param value as in the message
   * @param encoded whether it is percent-encoded
   */
  record Section(String value, boolean encoded) {}

  String text() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    Optional<String> charset = Optional.empty();
    boolean first = true;
    boolean anyEncoded = false;
    for (Section section : sections.values()) {
      String value = section.value();
      if (section.encoded()) {
        anyEncoded = true;
        int language = first ? value.indexOf('\'') : -1;
        int text = language < 0 ? -1 : value.indexOf('\'', language + 1);
        if (text >= 0) {
          charset = Optional.of(value.substring(0, language)).filter(name -> !name.isEmpty());
          value = value.substring(text + 1);
        }
        percentDecode(value, octets);
      } else {
        octets.writeBytes(value.getBytes(StandardCharsets.UTF_8));
      }
      first = false;
    }
    String text = TextDecoder.decode(octets.toByteArray(), charset).text();
    String normal = Normalization.of(withoutControls(text), Normalizer.Form.NFC);
    return anyEncoded ? normal : EncodedWords.decode(normal);
  }

  private static void percentDecode(String value, ByteArrayOutputStream octets) {
    int at = 0;
    while (at < value.length()) {
      char c = value.charAt(at);
      int octet = c == '%' ? hexOctet(value, at + 1) : -1;
      if (octet >= 0) {
        octets.write(octet);
        at += 3;
      } else {
        int codePoint = value.codePointAt(at);
        octets.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(codePoint);
      }
    }
  }

  private static int hexOctet(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static String withoutControls(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.chars().filter(c -> !Character.isISOControl(c)).forEach(c -> printable.append((char) c));
    return printable.toString();
  }
}
