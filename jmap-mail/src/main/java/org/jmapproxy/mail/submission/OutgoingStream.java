package org.jmapproxy.mail.submission;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a message line by line, leaves out the header fields that no recipient may see, and ends
 * every line with CRLF. A line is never held whole: what decides about a field is its beginning.
 */
final class OutgoingStream extends InputStream {

  private static final Set<String> HIDDEN = Set.of("bcc", "resent-bcc");
  private static final int BUFFER = 1 << 16;

  /** No hidden name with blanks behind it is longer. */
  private static final int LONGEST_NAME = 64;

  private final InputStream in;
  private final byte[] ready = new byte[BUFFER + 2 * LONGEST_NAME];
  private int position;
  private int count;
  private boolean inHeader = true;
  private boolean atLineStart = true;
  private boolean hiding;
  private boolean ended;
  private boolean endsWithLine = true;

  OutgoingStream(InputStream message) {
    in = new BufferedInputStream(message, BUFFER);
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int some = Math.min(length, count - position);
    System.arraycopy(ready, position, buffer, offset, some);
    position += some;
    return some;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    while (position == count) {
      if (ended) {
        return false;
      }
      position = 0;
      count = 0;
      advance();
    }
    return true;
  }

  private void advance() throws IOException {
    while (count < BUFFER && !ended) {
      if (atLineStart && inHeader) {
        beginHeaderLine();
      } else {
        next();
      }
    }
  }

  /** Looks at the name of a field before deciding whether the line is shown. */
  private void beginHeaderLine() throws IOException {
    in.mark(LONGEST_NAME + 1);
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    int c = in.read();
    if (c == ' ' || c == '\t') {
      in.reset();
      atLineStart = false;
      return;
    }
    while (c >= 0 && c != ':' && c != '\n' && c != '\r' && start.size() < LONGEST_NAME) {
      start.write(c);
      c = in.read();
    }
    in.reset();
    atLineStart = false;
    hiding = c == ':' && isHidden(start.toString(StandardCharsets.ISO_8859_1));
    if (start.size() == 0 && (c == '\n' || c == '\r')) {
      inHeader = false;
    }
  }

  private static boolean isHidden(String name) {
    return HIDDEN.contains(name.strip().toLowerCase(Locale.ROOT));
  }

  private void next() throws IOException {
    int c = in.read();
    if (c < 0) {
      ended = true;
      if (!endsWithLine) {
        endLine();
      }
    } else if (c == '\r' || c == '\n') {
      if (c == '\r') {
        skipLineFeed();
      }
      endLine();
    } else {
      put(c);
      endsWithLine = hiding && endsWithLine;
      atLineStart = false;
    }
  }

  private void skipLineFeed() throws IOException {
    in.mark(1);
    if (in.read() != '\n') {
      in.reset();
    }
  }

  private void endLine() {
    put('\r');
    put('\n');
    atLineStart = true;
    endsWithLine = true;
  }

  private void put(int c) {
    if (!hiding) {
      ready[count++] = (byte) c;
    }
  }
}
