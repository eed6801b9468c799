package org.jmapproxy.mail.charset;

import java.util.Arrays;

/** Quoted-printable as mail really contains it: what is no escape stands for itself. */
public final class LenientQuotedPrintable {
  private LenientQuotedPrintable() {}

  /**
   * Decodes what can be decoded.
   *
   * @param encoded octets of the encoded text; an escape cut at the end is left out
   */
  public static byte[] decode(byte[] encoded) {
    byte[] octets = new byte[encoded.length];
    int length = 0;
    int at = 0;
    while (at < encoded.length) {
      if (encoded[at] != '=') {
        octets[length++] = encoded[at++];
        continue;
      }
      int afterBreak = afterSoftBreak(encoded, at + 1);
      if (afterBreak > at) {
        at = afterBreak;
      } else if (at + 2 >= encoded.length) {
        at = encoded.length;
      } else {
        int octet = octet(encoded[at + 1], encoded[at + 2]);
        octets[length++] = octet < 0 ? encoded[at] : (byte) octet;
        at += octet < 0 ? 1 : 3;
      }
    }
    return Arrays.copyOf(octets, length);
  }

  /** The octet that two hexadecimal digits name, or -1. */
  private static int octet(byte high, byte low) {
    int highValue = Character.digit(high, 16);
    int lowValue = Character.digit(low, 16);
    return highValue < 0 || lowValue < 0 ? -1 : highValue * 16 + lowValue;
  }

  /** Where the text goes on after a soft line break, or -1; bounded look for padding before it. */
  private static int afterSoftBreak(byte[] encoded, int from) {
    int at = from;
    while (at < encoded.length && at < from + 80 && (encoded[at] == ' ' || encoded[at] == '\t')) {
      at++;
    }
    if (at < encoded.length && encoded[at] == '\r') {
      at++;
    }
    return at < encoded.length && encoded[at] == '\n' ? at + 1 : -1;
  }
}
