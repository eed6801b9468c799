package org.jmapproxy.mail.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jmapproxy.mail.charset.CharsetNames;
import org.jmapproxy.mail.charset.LenientBase64;

/** One encoded word of RFC 2047: its charset and its octets. */
final class EncodedWord {
  private static final int SHORTEST = "=?c?q??=".length();

  private final Charset charset;
  private final byte[] octets;

  private EncodedWord(Charset charset, byte[] octets) {
    this.charset = charset;
    this.octets = octets;
  }

  Charset charset() {
    return charset;
  }

  byte[] octets() {
    return octets;
  }

  /** Reads {@code =?charset*language?encoding?text?=} that fills the range. */
  static Optional<EncodedWord> parse(String text, int from, int to) {
    if (to - from < SHORTEST || !text.startsWith("=?", from) || !text.startsWith("?=", to - 2)) {
      return Optional.empty();
    }
    int charsetEnd = text.indexOf('?', from + 2);
    int textStart = charsetEnd + 3;
    int textEnd = to - 2;
    if (textStart > textEnd
        || text.charAt(textStart - 1) != '?'
        || !isEncodedText(text, textStart, textEnd)) {
      return Optional.empty();
    }
    String name = withoutLanguage(text.substring(from + 2, charsetEnd));
    String payload = text.substring(textStart, textEnd);
    return switch (text.charAt(charsetEnd + 1)) {
      case 'B', 'b' -> CharsetNames.find(name).map(c -> new EncodedWord(c, base64(payload)));
      case 'Q', 'q' -> CharsetNames.find(name).map(c -> new EncodedWord(c, quoted(payload)));
      default -> Optional.empty();
    };
  }

  /** A bare question mark is a frequent fault and harmless; the end of another word is not. */
  private static boolean isEncodedText(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean endsEarly = c == '?' && i + 1 < to && text.charAt(i + 1) == '=';
      if (c < '!' || c > '~' || endsEarly) {
        return false;
      }
    }
    return true;
  }

  private static String withoutLanguage(String charset) {
    int star = charset.indexOf('*');
    return star < 0 ? charset : charset.substring(0, star);
  }

  private static byte[] base64(String payload) {
    return LenientBase64.decode(payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] quoted(String payload) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(payload.length());
    int at = 0;
    while (at < payload.length()) {
      char c = payload.charAt(at);
      int octet = c == '=' ? hexOctet(payload, at + 1) : -1;
      if (octet >= 0) {
        octets.write(octet);
        at += 3;
      } else {
        octets.write(c == '_' ? ' ' : c);
        at++;
      }
    }
    return octets.toByteArray();
  }

  private static int hexOctet(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
