package org.jmapproxy.backend.imap.internal.protocol.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Joins and decodes MIME parameters that RFC 2231 split or percent-encoded. */
final class ParameterContinuations {
  private static final int MOST_PIECES = 1000;

  private ParameterContinuations() {}

  /** The parameters under their plain names; {@code raw} names are in lower case. */
  static Map<String, String> join(Map<String, String> raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    Map<String, String> plain = new LinkedHashMap<>(raw.size() * 2);
    for (Map.Entry<String, String> parameter : raw.entrySet()) {
      int star = parameter.getKey().indexOf('*');
      if (star < 0) {
        plain.putIfAbsent(parameter.getKey(), parameter.getValue());
      } else if (star > 0) {
        String name = parameter.getKey().substring(0, star);
        if (!plain.containsKey(name) || raw.containsKey(name)) {
          plain.put(name, decoded(name, raw));
        }
      }
    }
    return Collections.unmodifiableMap(plain);
  }

  private static String decoded(String name, Map<String, String> raw) {
    String whole = raw.get(name + "*");
    if (whole != null) {
      return new Pieces().add(whole, true, true).text();
    }
    Pieces pieces = new Pieces();
    for (int i = 0; i < MOST_PIECES; i++) {
      String encoded = raw.get(name + "*" + i + "*");
      String literal = raw.get(name + "*" + i);
      if (encoded != null) {
        pieces.add(encoded, true, i == 0);
      } else if (literal != null) {
        pieces.add(literal, false, false);
      } else {
        break;
      }
    }
    return pieces.text();
  }

  /** Octets collected from the pieces of one value, and the charset that the first one named. */
  private static final class Pieces {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private Charset charset = StandardCharsets.UTF_8;

    Pieces add(String piece, boolean percentEncoded, boolean first) {
      String value = piece;
      if (first) {
        int charsetEnd = value.indexOf('\'');
        int languageEnd = value.indexOf('\'', charsetEnd + 1);
        if (charsetEnd >= 0 && languageEnd > charsetEnd) {
          charset = charset(value.substring(0, charsetEnd));
          value = value.substring(languageEnd + 1);
        }
      }
      if (percentEncoded) {
        appendDecoded(value);
      } else {
        octets.writeBytes(value.getBytes(charset));
      }
      return this;
    }

    private void appendDecoded(String value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        int high = c == '%' && i + 2 < value.length() ? hex(value.charAt(i + 1)) : -1;
        int low = high >= 0 ? hex(value.charAt(i + 2)) : -1;
        if (low >= 0) {
          octets.write(high * 16 + low);
          i += 2;
        } else {
          octets.writeBytes(String.valueOf(c).getBytes(charset));
        }
      }
    }

    String text() {
      return octets.toString(charset);
    }

    private static int hex(char c) {
      return Character.digit(c, 16);
    }

    private static Charset charset(String name) {
      try {
        return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
      } catch (IllegalArgumentException e) {
        return StandardCharsets.UTF_8;
      }
    }
  }
}
