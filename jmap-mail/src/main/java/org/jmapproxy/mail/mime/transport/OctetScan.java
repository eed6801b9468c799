package org.jmapproxy.mail.mime.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What a stretch of a message is made of.
 *
 * @param octets how many there are
 * @param beyondAscii how many of them are beyond ASCII
 * @param hasLongLine whether a line exceeds the 998 octets of RFC 5322 section 2.1.1
 */
record OctetScan(long octets, long beyondAscii, boolean hasLongLine) {

  private static final int LONGEST_LINE = 998;
  private static final int BUFFER = 1 << 16;

  /** Reads a stretch, which begins at the beginning of a line, to its end, and closes it. */
  static OctetScan of(InputStream stretch) {
    try (stretch) {
      return read(stretch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OctetScan read(InputStream in) throws IOException {
    long octets = 0;
    long beyondAscii = 0;
    boolean hasLongLine = false;
    int lineLength = 0;
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int i = 0; i < count; i++) {
        beyondAscii += buffer[i] < 0 ? 1 : 0;
        lineLength = buffer[i] == '\n' ? 0 : lineLength + (buffer[i] == '\r' ? 0 : 1);
        hasLongLine |= lineLength > LONGEST_LINE;
      }
      octets += count;
    }
    return new OctetScan(octets, beyondAscii, hasLongLine);
  }

  /** Whether it can be sent as it is. */
  boolean isFit(boolean takesEightBit) {
    return !hasLongLine && (takesEightBit || beyondAscii == 0);
  }

  /** Whether it is worth being read without decoding. */
  boolean isMostlyAscii() {
    return beyondAscii * 4 <= octets;
  }
}
