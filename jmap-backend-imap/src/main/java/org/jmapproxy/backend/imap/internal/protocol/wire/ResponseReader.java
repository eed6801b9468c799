package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapLimitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the server's bytes into responses: a line together with its literals, in one buffer that is
 * reused. Sizes are checked before memory is taken. Not thread-safe.
 */
public final class ResponseReader {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseReader.class);

  /** Enough for a connection that waits for news. */
  private static final int FIRST_BUFFER = 1 << 12;

  private static final int USUAL_BUFFER = 1 << 16;
  private static final int KEPT_BUFFER = 1 << 20;

  private final ImapLimits limits;
  private final long responseNanos;
  private final ResponseCursor cursor;
  private InputStream in;
  private byte[] buffer = new byte[FIRST_BUFFER];

  /** First byte of the current response, first byte after it, and end of the bytes read. */
  private int start;

  private int next;
  private int end;
  private int maxLiteral;

  /** Whether the server had more to tell than there was room for. */
  private boolean wasFull;

  private long deadline;

  /**
   * A reader of {@code in}.
   *
   * @param responseTime how long one response may take from its first to its last byte
   */
  public ResponseReader(InputStream in, ImapLimits limits, Duration responseTime) {
    this.in = in;
    this.limits = limits;
    this.responseNanos = responseTime.toNanos();
    this.cursor = new ResponseCursor(limits);
    this.maxLiteral = limits.maxLiteral();
  }

  /** Goes on with another stream (after STARTTLS or COMPRESS). */
  public void replaceStream(InputStream stream) {
    in = stream;
  }

  /** Whether bytes were read that no response has used yet. */
  public boolean hasBufferedBytes() {
    return next < end;
  }

  /** Bytes that no response has used; they count as not read any more. */
  public byte[] takeBuffered() {
    byte[] bytes = Arrays.copyOfRange(buffer, next, end);
    end = next;
    return bytes;
  }

  /** Bounds the literals of the responses to come; {@code bytes <= 0} restores the default. */
  public void maxLiteral(int bytes) {
    maxLiteral = bytes > 0 ? bytes : limits.maxLiteral();
  }

  /** Waits for the first byte of the next response; false if the socket's timeout passed before. */
  public boolean await() {
    if (next < end) {
      return true;
    }
    beginResponse();
    try {
      fill();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * The next response, without its final line break. The cursor is valid until the next call.
   *
   * @throws ImapConnectionLostException if the connection ends, breaks or stays silent
   * @throws ImapLimitException if the response is larger than allowed
   */
  public ResponseCursor next() {
    beginResponse();
    try {
      int line = 0;
      int literals = 0;
      while (true) {
        int lineFeed = endOfLine(line, literals);
        int lineStart = start + line;
        int lineEnd =
            lineFeed > lineStart && buffer[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
        int brace = literalStart(lineStart, lineEnd);
        if (brace < 0) {
          next = lineFeed + 1;
          return cursor.on(buffer, start, lineEnd);
        }
        long size = literalSize(brace, lineEnd);
        if (size > maxLiteral || size + (lineFeed - start) > limits.maxResponse()) {
          line = brace - start + 3;
          skipLiteral(brace, lineFeed + 1, size);
        } else {
          line = lineFeed + 1 - start + (int) size;
          literals += (int) size;
          require(line);
        }
      }
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void beginResponse() {
    start = next;
    if (start == end) {
      start = 0;
      next = 0;
      end = 0;
      if (buffer.length > KEPT_BUFFER || (wasFull && buffer.length < USUAL_BUFFER)) {
        buffer = new byte[USUAL_BUFFER];
      }
    }
    deadline = 0;
  }

  private int endOfLine(int line, int literals) throws IOException {
    int relative = line;
    while (true) {
      byte[] bytes = buffer;
      for (int i = start + relative; i < end; i++) {
        if (bytes[i] == '\n') {
          return i;
        }
      }
      relative = end - start;
      if (relative - literals > limits.maxLine()) {
        throw new ImapLimitException(
            "A response line is longer than " + limits.maxLine() + " bytes");
      }
      fill();
    }
  }

  /** Where a literal's announcement begins if the line ends with one, else -1. */
  private int literalStart(int lineStart, int lineEnd) {
    if (lineEnd - lineStart < 3 || buffer[lineEnd - 1] != '}' || isStatus()) {
      return -1;
    }
    int i = lineEnd - 2;
    if (buffer[i] == '+') {
      i--;
    }
    int digits = 0;
    while (i >= lineStart && buffer[i] >= '0' && buffer[i] <= '9') {
      i--;
      digits++;
    }
    if (digits == 0 || i < lineStart || buffer[i] != '{') {
      return -1;
    }
    return i > lineStart && buffer[i - 1] == '~' ? i - 1 : i;
  }

  private long literalSize(int brace, int lineEnd) {
    long size = 0;
    for (int i = brace; i < lineEnd; i++) {
      int digit = buffer[i] - '0';
      if (digit >= 0 && digit <= 9) {
        size = size * 10 + digit;
        if (size > Long.MAX_VALUE / 100) {
          return size;
        }
      }
    }
    return size;
  }

  /** Free text that ends like a literal is no literal: only data responses have them. */
  private boolean isStatus() {
    if (buffer[start] != '*' || end - start < 6) {
      return true;
    }
    int first = buffer[start + 2] & 0xDF;
    int second = buffer[start + 3] & 0xDF;
    return (first == 'O' && second == 'K')
        || (first == 'N' && second == 'O')
        || (first == 'B' && (second == 'A' || second == 'Y'))
        || (first == 'P' && second == 'R');
  }

  /** Puts NIL in the place of a literal that is too long, so that the rest can still be read. */
  private void skipLiteral(int brace, int literal, long size) throws IOException {
    if (size > limits.maxSkippedLiteral()) {
      throw new ImapLimitException("A literal of " + size + " bytes was announced");
    }
    LOG.debug(
        "A literal of {} bytes is longer than the {} allowed and is skipped", size, maxLiteral);
    buffer[brace] = 'N';
    buffer[brace + 1] = 'I';
    buffer[brace + 2] = 'L';
    int rest = brace + 3;
    long buffered = Math.min(size, end - literal);
    int after = literal + (int) buffered;
    System.arraycopy(buffer, after, buffer, rest, end - after);
    end = rest + (end - after);
    long open = size - buffered;
    byte[] scrap = new byte[open > 0 ? 8192 : 0];
    while (open > 0) {
      checkTime();
      int read = in.read(scrap, 0, (int) Math.min(open, scrap.length));
      if (read < 0) {
        throw ended();
      }
      open -= read;
    }
  }

  /** Reads until the response has that many bytes. */
  private void require(int length) throws IOException {
    if (length > limits.maxResponse()) {
      throw new ImapLimitException("A response is longer than " + limits.maxResponse() + " bytes");
    }
    if (start + length > buffer.length) {
      makeRoom(length + 4096);
    }
    while (end - start < length) {
      fill();
    }
  }

  private void fill() throws IOException {
    if (end == buffer.length) {
      makeRoom(start > 0 ? end - start + 4096 : Math.min(2 * buffer.length, largestBuffer()));
    }
    checkTime();
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      throw ended();
    }
    end += read;
    wasFull = end == buffer.length;
  }

  private int largestBuffer() {
    return limits.maxResponse() + limits.maxLine() + 2 * USUAL_BUFFER;
  }

  private void makeRoom(int length) {
    int used = end - start;
    if (length > buffer.length) {
      int size = Math.max(length, Math.min(2 * buffer.length, largestBuffer()));
      buffer = Arrays.copyOf(Arrays.copyOfRange(buffer, start, end), size);
    } else {
      System.arraycopy(buffer, start, buffer, 0, used);
    }
    next -= start;
    start = 0;
    end = used;
  }

  private void checkTime() throws SocketTimeoutException {
    if (start == end) {
      return;
    }
    long now = System.nanoTime();
    if (deadline == 0) {
      deadline = now + responseNanos;
    } else if (now - deadline > 0) {
      throw new SocketTimeoutException("The server takes too long to finish a response");
    }
  }

  private static ImapConnectionLostException ended() {
    return new ImapConnectionLostException(Reason.CLOSED, "The server closed the connection", null);
  }

  private static ImapConnectionLostException lost(IOException e) {
    return ConnectionLoss.of(e);
  }
}
