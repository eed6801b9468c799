package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The encoding of mailbox names in RFC 3501 section 5.1.3. */
public final class ModifiedUtf7 {
  private ModifiedUtf7() {}

  /** The name as it goes over the wire: printable ASCII only. */
  public static String encode(String name) {
    StringBuilder out = new StringBuilder(name.length() + 16);
    int i = 0;
    while (i < name.length()) {
      char c = name.charAt(i);
      if (isDirect(c)) {
        out.append(c == '&' ? "&-" : String.valueOf(c));
        i++;
        continue;
      }
      int from = i;
      while (i < name.length() && !isDirect(name.charAt(i))) {
        i++;
      }
      byte[] utf16 = name.substring(from, i).getBytes(StandardCharsets.UTF_16BE);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
      out.append('&').append(base64.replace('/', ',')).append('-');
    }
    return out.toString();
  }

  /** The name that a wire form stands for; empty if the form is not valid. */
  public static Optional<String> decode(String wire) {
    if (wire.indexOf('&') < 0) {
      return Optional.of(wire);
    }
    StringBuilder out = new StringBuilder(wire.length());
    int i = 0;
    while (i < wire.length()) {
      char c = wire.charAt(i);
      if (c != '&') {
        out.append(c);
        i++;
        continue;
      }
      int close = wire.indexOf('-', i);
      if (close < 0) {
        return Optional.empty();
      }
      if (close == i + 1) {
        out.append('&');
      } else if (!appendShifted(wire.substring(i + 1, close), out)) {
        return Optional.empty();
      }
      i = close + 1;
    }
    return Optional.of(out.toString());
  }

  private static boolean appendShifted(String base64, StringBuilder out) {
    if (base64.indexOf('/') >= 0) {
      return false;
    }
    byte[] utf16;
    try {
      utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (utf16.length == 0 || utf16.length % 2 != 0) {
      return false;
    }
    String text = new String(utf16, StandardCharsets.UTF_16BE);
    out.append(text);
    return text.indexOf('\uFFFD') < 0;
  }

  private static boolean isDirect(char c) {
    return c >= 0x20 && c <= 0x7e;
  }
}
