package org.jmapproxy.mail.charset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Uuencode as old mail contains it: what stands between {@code begin} and {@code end}, one file
 * after the other. White space that was lost at the ends of lines is made up for.
 */
public final class LenientUuencode implements OctetDecoder {
  /** A line of data has 63 octets at most, which are 84 characters. */
  private static final int LONGEST_LINE = 1 + 84;

  private static final Pattern BEGIN = Pattern.compile("begin [0-7]+( .*)?", Pattern.DOTALL);

  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private boolean inside;

  /** A decoder for one text. */
  public LenientUuencode() {}

  /**
   * Decodes what can be decoded.
   *
   * @param encoded octets of the encoded text; without a {@code begin} there are none in it
   */
  public static byte[] decode(byte[] encoded) {
    byte[] octets = new byte[encoded.length + SPARE];
    LenientUuencode decoder = new LenientUuencode();
    int count = decoder.decode(encoded, 0, encoded.length, octets, 0);
    return Arrays.copyOf(octets, count + decoder.finish(octets, count));
  }

  @Override
  public int decode(byte[] in, int from, int count, byte[] out, int at) {
    int next = at;
    for (int i = from; i < from + count; i++) {
      if (in[i] == '\n' || in[i] == '\r') {
        next += endLine(out, next);
      } else if (length < LONGEST_LINE) {
        line[length++] = in[i];
      }
    }
    return next - at;
  }

  @Override
  public int finish(byte[] out, int at) {
    int written = endLine(out, at);
    inside = false;
    return written;
  }

  private int endLine(byte[] out, int at) {
    int count = length;
    length = 0;
    if (count == 0) {
      return 0;
    }
    if (!inside) {
      inside = BEGIN.matcher(text(count)).matches();
      return 0;
    }
    if (text(count).strip().equals("end")) {
      inside = false;
      return 0;
    }
    Arrays.fill(line, count, LONGEST_LINE, (byte) ' ');
    return data(out, at);
  }

  private String text(int count) {
    return new String(line, 0, Math.min(count, LONGEST_LINE), StandardCharsets.ISO_8859_1);
  }

  /** The first character says how many octets the line holds. */
  private int data(byte[] out, int at) {
    int octets = value(0);
    for (int i = 0; i < octets; i++) {
      int group = 1 + i / 3 * 4;
      int bits =
          value(group) << 18 | value(group + 1) << 12 | value(group + 2) << 6 | value(group + 3);
      out[at + i] = (byte) (bits >> (16 - i % 3 * 8));
    }
    return octets;
  }

  private int value(int index) {
    return (line[index] - ' ') & 63;
  }
}
