package org.jmapproxy.mail.mime.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Gives a stream line by line. A line that is longer than the window comes in pieces, of which the
 * first is long enough to recognise a boundary. For one use by one thread.
 */
final class LineWindow {
  private static final int SIZE = 1 << 16;

  /** Most messages are short. */
  private static final int FIRST_SIZE = 1 << 14;

  private final InputStream in;
  byte[] octets = new byte[FIRST_SIZE];
  private int end;
  private boolean exhausted;
  private long before;

  /** Where the present piece begins and ends in {@link #octets}; its line break is included. */
  int from;

  int to;

  /** Whether the piece is the beginning of a line. */
  boolean beginsLine = true;

  LineWindow(InputStream in) {
    this.in = in;
  }

  /** Goes to the next piece; false at the end of the message. */
  boolean next() {
    beginsLine = to == from || octets[to - 1] == '\n';
    from = to;
    int lineFeed = lineFeed(from);
    while (lineFeed < 0 && !exhausted && !(from == 0 && end == SIZE)) {
      int searched = end - from;
      fill();
      lineFeed = lineFeed(from + searched);
    }
    to = lineFeed < 0 ? endOfPiece() : lineFeed + 1;
    return to > from;
  }

  /** The place of the present piece in the message. */
  long position() {
    return before + from;
  }

  /** The end of the present piece in the message. */
  long endPosition() {
    return before + to;
  }

  /** Whether the piece is the end of a line. */
  boolean endsLine() {
    return to > from && octets[to - 1] == '\n';
  }

  /** Whether the piece is an empty line. */
  boolean isEmptyLine() {
    return beginsLine && endsLine() && to - from == lineBreak();
  }

  /** Octets of the line break that ends the piece: CRLF, LF or none. */
  int lineBreak() {
    if (to > from && octets[to - 1] == '\n') {
      return to - 1 > from && octets[to - 2] == '\r' ? 2 : 1;
    }
    return 0;
  }

  /** A CR stays with the LF that may follow it. */
  private int endOfPiece() {
    boolean perhapsBreak = !exhausted && end > from && octets[end - 1] == '\r';
    return perhapsBreak ? end - 1 : end;
  }

  private int lineFeed(int start) {
    for (int i = start; i < end; i++) {
      if (octets[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void fill() {
    if (from > 0) {
      System.arraycopy(octets, from, octets, 0, end - from);
      before += from;
      end -= from;
      from = 0;
    }
    if (end == octets.length) {
      octets = Arrays.copyOf(octets, SIZE);
    }
    try {
      int read = in.read(octets, end, octets.length - end);
      exhausted = read < 0;
      end += Math.max(0, read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
