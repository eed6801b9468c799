package org.jmapproxy.mail.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes octets of a message with the charset it declares, and by looking at them where it
 * declares none, an unknown one or plain ASCII. Never fails. Stateless.
 */
public final class TextDecoder {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final char REPLACEMENT = '\uFFFD';

  private TextDecoder() {}

  /**
   * Decodes whole text.
   *
   * @param octets what to decode
   * @param charset the declared charset, if any
   */
  public static DecodedText decode(byte[] octets, Optional<String> charset) {
    return decode(octets, charset, false);
  }

  /**
   * Decodes the beginning of a text: a character cut at the end is left out silently.
   *
   * @param octets what to decode
   * @param charset the declared charset, if any
   */
  public static DecodedText decodePrefix(byte[] octets, Optional<String> charset) {
    return decode(octets, charset, true);
  }

  /**
   * Decodes text that declares no charset: UTF-8 if it is that, else windows-1252.
   *
   * @param octets the array
   * @param offset where the text begins
   * @param length octets of text
   */
  public static String guess(byte[] octets, int offset, int length) {
    if (isAscii(octets, offset, length)) {
      return new String(octets, offset, length, StandardCharsets.ISO_8859_1);
    }
    return isUtf8(octets, offset, length, false)
        ? new String(octets, offset, length, StandardCharsets.UTF_8)
        : new String(octets, offset, length, WINDOWS_1252);
  }

  private static DecodedText decode(byte[] octets, Optional<String> declared, boolean cut) {
    Optional<Charset> known = declared.flatMap(CharsetNames::find);
    boolean unknown = declared.isPresent() && known.isEmpty();
    boolean told = known.isPresent() && !CharsetNames.isAscii(declared.get());
    if (told) {
      return decode(octets, known.get(), cut);
    }
    if (isAscii(octets, 0, octets.length)) {
      return new DecodedText(new String(octets, StandardCharsets.ISO_8859_1), unknown);
    }
    Charset guess = isUtf8(octets, 0, octets.length, cut) ? StandardCharsets.UTF_8 : WINDOWS_1252;
    return new DecodedText(decode(octets, guess, cut).text(), true);
  }

  private static DecodedText decode(byte[] octets, Charset charset, boolean cut) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer out =
        CharBuffer.allocate(
            (int) Math.ceil((double) octets.length * decoder.maxCharsPerByte()) + 2);
    decoder.decode(in, out, !cut);
    if (!cut) {
      decoder.flush(out);
    }
    String text = out.flip().toString();
    boolean problem = text.indexOf(REPLACEMENT) >= 0;
    boolean byteOrderMark = !text.isEmpty() && text.charAt(0) == '\uFEFF';
    return new DecodedText(byteOrderMark ? text.substring(1) : text, problem);
  }

  /** Whether no octet has its high bit set. */
  public static boolean isAscii(byte[] octets, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (octets[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(byte[] octets, int offset, int length, boolean cut) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(octets, offset, length);
    CharBuffer out = CharBuffer.allocate(Math.min(length + 1, 8192));
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, !cut);
    } while (result.isOverflow());
    return !result.isError();
  }
}
