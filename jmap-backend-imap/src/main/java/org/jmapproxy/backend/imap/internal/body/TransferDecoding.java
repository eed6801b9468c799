package org.jmapproxy.backend.imap.internal.body;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jmapproxy.mail.mime.TransferEncoding;

/** Decodes a body while it is written, without ever holding all of it. */
final class TransferDecoding extends FilterOutputStream {
  private static final int PIECE = 1 << 16;

  private final TransferEncoding encoding;
  private final byte[] buffer = new byte[PIECE];
  private int length;

  private TransferDecoding(TransferEncoding encoding, OutputStream decoded) {
    super(decoded);
    this.encoding = encoding;
  }

  /**
   * A stream that takes encoded octets.
   *
   * @param decoded gets the decoded ones; is closed with the result
   */
  static OutputStream of(TransferEncoding encoding, OutputStream decoded) {
    return switch (encoding) {
      case IDENTITY, UNKNOWN -> decoded;
      case BASE64, QUOTED_PRINTABLE -> new TransferDecoding(encoding, decoded);
    };
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int count) throws IOException {
    int from = offset;
    int end = offset + count;
    while (from < end) {
      int room = Math.min(end - from, buffer.length - length);
      System.arraycopy(octets, from, buffer, length, room);
      length += room;
      from += room;
      if (length == buffer.length) {
        decode(wholeUnits());
      }
    }
  }

  @Override
  public void close() throws IOException {
    decode(length);
    super.close();
  }

  private void decode(int count) throws IOException {
    out.write(encoding.decode(Arrays.copyOf(buffer, count)));
    System.arraycopy(buffer, count, buffer, 0, length - count);
    length -= count;
  }

  /** How much of the full buffer can be decoded without knowing what comes next. */
  private int wholeUnits() {
    return encoding == TransferEncoding.BASE64 ? wholeGroups() : wholeLines();
  }

  private int wholeGroups() {
    int cut = 0;
    int characters = 0;
    for (int i = 0; i < length; i++) {
      byte octet = buffer[i];
      if (octet == '=') {
        characters = 0;
      } else if (isBase64(octet)) {
        characters = (characters + 1) % 4;
      }
      if (characters == 0) {
        cut = i + 1;
      }
    }
    return cut == 0 ? length : cut;
  }

  private static boolean isBase64(byte octet) {
    return (octet >= 'A' && octet <= 'Z')
        || (octet >= 'a' && octet <= 'z')
        || (octet >= '0' && octet <= '9')
        || octet == '+'
        || octet == '/';
  }

  private int wholeLines() {
    for (int i = length - 1; i >= 0; i--) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return length;
  }
}
