package org.jmapproxy.mail.email.compose;

import java.nio.charset.StandardCharsets;

/** Writes parameters of Content-Type and Content-Disposition (RFC 2045, RFC 2231). */
final class ParameterText {

  private static final int SECTION = 60;

  private ParameterText() {}

  /** A parameter with its semicolon, on a line of its own. */
  static String of(String name, String value) {
    String clean = EncodedText.clean(value);
    if (!EncodedText.isDifficult(clean) && clean.length() <= SECTION) {
      return ";\r\n " + name + "=\"" + clean.replaceAll("([\"\\\\])", "\\\\$1") + "\"";
    }
    String encoded = percentEncoded(clean);
    if (encoded.length() <= SECTION) {
      return ";\r\n " + name + "*=utf-8''" + encoded;
    }
    StringBuilder sections = new StringBuilder();
    int number = 0;
    for (int from = 0; from < encoded.length(); number++) {
      int to = sectionEnd(encoded, from);
      sections.append(";\r\n ").append(name).append('*').append(number).append("*=");
      sections.append(number == 0 ? "utf-8''" : "").append(encoded, from, to);
      from = to;
    }
    return sections.toString();
  }

  /** Sections do not end within an escape. */
  private static int sectionEnd(String encoded, int from) {
    int end = Math.min(encoded.length(), from + SECTION);
    if (end == encoded.length()) {
      return end;
    }
    int percent = encoded.lastIndexOf('%', end - 1);
    return percent > end - 3 ? percent : end;
  }

  private static String percentEncoded(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (octet >= 'a' && octet <= 'z')
              || (octet >= 'A' && octet <= 'Z')
              || (octet >= '0' && octet <= '9')
              || "!#$&+-.^_`{}~|".indexOf(octet) >= 0;
      encoded.append(plain ? String.valueOf((char) octet) : String.format("%%%02X", octet));
    }
    return encoded.toString();
  }
}
