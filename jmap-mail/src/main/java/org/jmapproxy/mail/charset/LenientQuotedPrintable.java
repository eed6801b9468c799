package org.jmapproxy.mail.charset;

import java.util.Arrays;

/** Quoted-printable as mail really contains it: what is no escape stands for itself. */
public final class LenientQuotedPrintable implements OctetDecoder {
  /** White space that may stand between an equals sign and its line break. */
  private static final int MOST_PADDING = 80;

  /** More octets are needed to tell what an equals sign means. */
  private static final int OPEN = -1;

  /** An equals sign that begins no escape. */
  private static final int LITERAL = 0;

  private static final byte[] NOTHING = {};

  private byte[] held = NOTHING;

  /** A decoder for one text. */
  public LenientQuotedPrintable() {}

  /**
   * Decodes what can be decoded.
   *
   * @param encoded octets of the encoded text; an escape cut at the end is left out
   */
  public static byte[] decode(byte[] encoded) {
    byte[] octets = new byte[encoded.length];
    LenientQuotedPrintable decoder = new LenientQuotedPrintable();
    return Arrays.copyOf(octets, decoder.decode(encoded, 0, encoded.length, octets, 0));
  }

  @Override
  public int decode(byte[] in, int from, int length, byte[] out, int at) {
    if (held.length == 0) {
      return decodeAll(in, from, from + length, out, at);
    }
    byte[] joined = Arrays.copyOf(held, held.length + length);
    System.arraycopy(in, from, joined, held.length, length);
    return decodeAll(joined, 0, joined.length, out, at);
  }

  /** A cut escape is left out. */
  @Override
  public int finish(byte[] out, int at) {
    held = NOTHING;
    return 0;
  }

  private int decodeAll(byte[] in, int from, int end, byte[] out, int at) {
    int next = at;
    int i = from;
    held = NOTHING;
    while (i < end) {
      if (in[i] != '=') {
        out[next++] = in[i++];
        continue;
      }
      int escape = escapeLength(in, i, end);
      if (escape == OPEN) {
        held = Arrays.copyOfRange(in, i, end);
        break;
      }
      if (escape == LITERAL) {
        out[next++] = in[i++];
      } else {
        int octet = i + 2 < end ? octet(in[i + 1], in[i + 2]) : -1;
        if (escape == 3 && octet >= 0) {
          out[next++] = (byte) octet;
        }
        i += escape;
      }
    }
    return next - at;
  }

  /** The octets of the escape or soft line break that begins here. */
  private static int escapeLength(byte[] in, int from, int end) {
    int at = from + 1;
    while (at < end && at <= from + MOST_PADDING && (in[at] == ' ' || in[at] == '\t')) {
      at++;
    }
    if (at < end && in[at] == '\r') {
      at++;
    }
    if (at == end) {
      return OPEN;
    }
    if (in[at] == '\n') {
      return at + 1 - from;
    }
    if (Character.digit(in[from + 1], 16) < 0) {
      return LITERAL;
    }
    if (from + 2 == end) {
      return OPEN;
    }
    return octet(in[from + 1], in[from + 2]) < 0 ? LITERAL : 3;
  }

  /** The octet that two hexadecimal digits name, or -1. */
  private static int octet(byte high, byte low) {
    int highValue = Character.digit(high, 16);
    int lowValue = Character.digit(low, 16);
    return highValue < 0 || lowValue < 0 ? -1 : highValue * 16 + lowValue;
  }
}
