package org.jmapproxy.backend.passthrough.internal.push;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the events of a stream as the HTML Living Standard says (section 9.2.6), within bounds. For
 * one thread.
 */
final class EventReader {

  private static final int LONGEST_LINE = 1 << 20;
  private static final int LONGEST_EVENT = 4 << 20;
  private static final int LONGEST_ID = 8192;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private boolean first = true;
  private boolean afterReturn;
  private Optional<String> lastEventId;
  private Optional<Duration> retry = Optional.empty();

  /** {@code lastEventId} is that of the stream before, if any. */
  EventReader(InputStream in, Optional<String> lastEventId) {
    this.in = new BufferedInputStream(in, 8192);
    this.lastEventId = lastEventId;
  }

  /** The id of the last event that had one, of this stream or the ones before. */
  Optional<String> lastEventId() {
    return lastEventId;
  }

  /** How long the server wants a client to wait before it connects again, if it said so. */
  Optional<Duration> retry() {
    return retry;
  }

  /** The next event with data; empty when the stream has ended. */
  Optional<ServerSentEvent> next() throws IOException {
    String name = "message";
    StringBuilder data = new StringBuilder();
    Optional<String> line = line();
    for (; line.isPresent(); line = line()) {
      String text = line.get();
      if (text.isEmpty()) {
        if (!data.isEmpty()) {
          data.setLength(data.length() - 1);
          return Optional.of(new ServerSentEvent(name, data.toString()));
        }
        name = "message";
        continue;
      }
      int colon = text.indexOf(':');
      String field = colon < 0 ? text : text.substring(0, colon);
      String value = colon < 0 ? "" : text.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> name = value;
        case "data" -> append(data, value);
        case "id" -> identified(value);
        case "retry" -> retryAfter(value);
        default -> {}
      }
    }
    return Optional.empty();
  }

  private static void append(StringBuilder data, String value) throws IOException {
    if (data.length() + value.length() > LONGEST_EVENT) {
      throw new IOException("an event is too long");
    }
    data.append(value).append('\n');
  }

  private void identified(String value) {
    if (value.indexOf('\0') < 0 && value.length() <= LONGEST_ID) {
      lastEventId = value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
  }

  private void retryAfter(String value) {
    if (value.matches("[0-9]{1,9}")) {
      retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
    }
  }

  /** Lines end with CR, LF or both. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      boolean secondHalf = afterReturn && octet == '\n';
      afterReturn = octet == '\r';
      if (secondHalf) {
        continue;
      }
      if (octet == '\n' || octet == '\r') {
        return Optional.of(text(line));
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException("a line of events is too long");
      }
      line.write(octet);
    }
    return Optional.empty();
  }

  private String text(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    boolean marked = first && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    first = false;
    return marked ? text.substring(1) : text;
  }
}
