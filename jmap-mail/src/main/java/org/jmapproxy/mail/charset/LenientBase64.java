package org.jmapproxy.mail.charset;

import java.util.Arrays;

/** Base64 as mail really contains it: foreign octets are passed over, a cut end is left out. */
public final class LenientBase64 implements OctetDecoder {
  private static final byte[] VALUES = values();

  private int bits;
  private int characters;

  /** A decoder for one text. */
  public LenientBase64() {}

  /**
   * Decodes what can be decoded. Padding in the middle ends a piece, after which the next begins.
   *
   * @param encoded octets of the encoded text, line breaks included
   */
  public static byte[] decode(byte[] encoded) {
    byte[] octets = new byte[encoded.length / 4 * 3 + 6];
    LenientBase64 decoder = new LenientBase64();
    int length = decoder.decode(encoded, 0, encoded.length, octets, 0);
    return Arrays.copyOf(octets, length + decoder.finish(octets, length));
  }

  @Override
  public int decode(byte[] in, int from, int length, byte[] out, int at) {
    int end = from + length;
    int next = at;
    int i = from;
    while (i < end) {
      if (characters == 0) {
        int wholeGroups = i;
        while (i + 4 <= end) {
          int group = group(in, i);
          if (group < 0) {
            break;
          }
          out[next] = (byte) (group >> 16);
          out[next + 1] = (byte) (group >> 8);
          out[next + 2] = (byte) group;
          next += 3;
          i += 4;
        }
        if (i > wholeGroups) {
          continue;
        }
      }
      next += single(in[i++], out, next);
    }
    return next - at;
  }

  @Override
  public int finish(byte[] out, int at) {
    int written = 0;
    if (characters == 3) {
      out[at] = (byte) (bits >> 10);
      out[at + 1] = (byte) (bits >> 2);
      written = 2;
    } else if (characters == 2) {
      out[at] = (byte) (bits >> 4);
      written = 1;
    }
    bits = 0;
    characters = 0;
    return written;
  }

  /** The 24 bits of four characters; negative if one of them is foreign. */
  private static int group(byte[] in, int i) {
    return VALUES[in[i] & 0xff] << 18
        | VALUES[in[i + 1] & 0xff] << 12
        | VALUES[in[i + 2] & 0xff] << 6
        | VALUES[in[i + 3] & 0xff];
  }

  private int single(byte octet, byte[] out, int at) {
    int value = VALUES[octet & 0xff];
    if (value < 0) {
      return octet == '=' ? finish(out, at) : 0;
    }
    bits = bits << 6 | value;
    characters++;
    if (characters < 4) {
      return 0;
    }
    out[at] = (byte) (bits >> 16);
    out[at + 1] = (byte) (bits >> 8);
    out[at + 2] = (byte) bits;
    bits = 0;
    characters = 0;
    return 3;
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }
}
