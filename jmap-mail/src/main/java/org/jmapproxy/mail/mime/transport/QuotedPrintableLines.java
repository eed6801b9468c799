package org.jmapproxy.mail.mime.transport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Encodes text with CRLF in quoted-printable (RFC 2045 section 6.7) while it is read; lines have at
 * most 76 characters.
 */
final class QuotedPrintableLines extends InputStream {

  private static final int LONGEST = 76;
  private static final String HEX = "0123456789ABCDEF";

  private final BufferedInputStream text;
  private byte[] ready = new byte[0];
  private int at;
  private int column;

  QuotedPrintableLines(InputStream text) {
    this.text = new BufferedInputStream(text, 1 << 16);
  }

  @Override
  public int read() throws IOException {
    while (at == ready.length) {
      int octet = text.read();
      if (octet < 0) {
        return -1;
      }
      ready = next(octet).getBytes(StandardCharsets.US_ASCII);
      at = 0;
    }
    return ready[at++];
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int octet = read();
      if (octet < 0) {
        return count == 0 ? -1 : count;
      }
      target[offset + count] = (byte) octet;
      count++;
    }
    return count;
  }

  private String next(int octet) throws IOException {
    if (octet == '\r' && following() == '\n') {
      text.skipNBytes(1);
      column = 0;
      return "\r\n";
    }
    String encoded = isPlain(octet) ? String.valueOf((char) octet) : escaped(octet);
    boolean isLast = isAtLineEnd();
    if (column + encoded.length() > (isLast ? LONGEST : LONGEST - 1)) {
      column = encoded.length();
      return "=\r\n" + encoded;
    }
    column += encoded.length();
    return encoded;
  }

  /** White space at the end of a line would be lost on the way. */
  private boolean isPlain(int octet) throws IOException {
    if (octet == ' ' || octet == '\t') {
      return !isAtLineEnd();
    }
    return octet > ' ' && octet <= '~' && octet != '=';
  }

  private boolean isAtLineEnd() throws IOException {
    int following = following();
    return following < 0 || following == '\r';
  }

  private int following() throws IOException {
    text.mark(1);
    int octet = text.read();
    text.reset();
    return octet;
  }

  private static String escaped(int octet) {
    return "=" + HEX.charAt(octet >> 4) + HEX.charAt(octet & 0xf);
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
