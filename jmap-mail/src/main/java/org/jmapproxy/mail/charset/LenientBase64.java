package org.jmapproxy.mail.charset;

import java.util.Arrays;

/** Base64 as mail really contains it: foreign octets are passed over, a cut end is left out. */
public final class LenientBase64 {
  private static final byte[] VALUES = values();

  private LenientBase64() {}

  /**
   * Decodes what can be decoded. Padding in the middle ends a piece, after which the next begins.
   *
   * @param encoded octets of the encoded text, line breaks included
   */
  public static byte[] decode(byte[] encoded) {
    byte[] octets = new byte[encoded.length / 4 * 3 + 3];
    int length = 0;
    int bits = 0;
    int characters = 0;
    for (byte octet : encoded) {
      int value = octet < 0 ? -1 : VALUES[octet];
      if (value >= 0) {
        bits = bits << 6 | value;
        characters++;
      }
      if (characters == 4) {
        octets[length++] = (byte) (bits >> 16);
        octets[length++] = (byte) (bits >> 8);
        octets[length++] = (byte) bits;
        bits = 0;
        characters = 0;
      } else if (octet == '=' && characters > 0) {
        length = rest(octets, length, bits, characters);
        bits = 0;
        characters = 0;
      }
    }
    length = rest(octets, length, bits, characters);
    return Arrays.copyOf(octets, length);
  }

  private static int rest(byte[] octets, int length, int bits, int characters) {
    int end = length;
    if (characters == 3) {
      octets[end++] = (byte) (bits >> 10);
      octets[end++] = (byte) (bits >> 2);
    } else if (characters == 2) {
      octets[end++] = (byte) (bits >> 4);
    }
    return end;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }
}
