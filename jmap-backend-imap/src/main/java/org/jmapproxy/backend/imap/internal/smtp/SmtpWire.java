package org.jmapproxy.backend.imap.internal.smtp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lines to and from a server, bounded. Used by one thread; may be closed by another. */
final class SmtpWire implements AutoCloseable {

  private static final int LONGEST_LINE = 2048;
  private static final int MOST_LINES = 200;
  private static final int BUFFER = 1 << 16;

  private final Socket tcp;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  /** Speaks over a connection; {@code socket} is {@code tcp}, or TLS over it. */
  SmtpWire(Socket tcp, Socket socket) throws IOException {
    this.tcp = tcp;
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
  }

  Socket socket() {
    return socket;
  }

  /** Goes on under TLS; what came before it is not to be trusted. */
  void switchTo(Socket secure) throws IOException {
    socket = secure;
    in = new BufferedInputStream(secure.getInputStream(), BUFFER);
    out = new BufferedOutputStream(secure.getOutputStream(), BUFFER);
  }

  /** Whether something has come that nobody asked for. */
  boolean hasUnread() throws IOException {
    return in.available() > 0;
  }

  void patience(Duration readTimeout) throws IOException {
    socket.setSoTimeout((int) Math.max(1, readTimeout.toMillis()));
  }

  /** Writes a command; it leaves with {@link #flush}. */
  void write(String command) throws IOException {
    if (command.chars().anyMatch(c -> c < ' ' || c == 127)) {
      throw new IllegalArgumentException("a command is one line");
    }
    out.write(command.getBytes(StandardCharsets.UTF_8));
    out.write('\r');
    out.write('\n');
  }

  void flush() throws IOException {
    out.flush();
  }

  /** For a message. */
  OutputStream raw() {
    return out;
  }

  SmtpReply exchange(String command) throws IOException {
    write(command);
    flush();
    return read();
  }

  /** Reads one reply. */
  SmtpReply read() throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = line();
      if (!line.matches("[2-5][0-9]{2}([ -].*)?")) {
        throw new IOException("What came is no reply");
      }
      lines.add(line.length() > 4 ? line.substring(4) : "");
      if (line.length() == 3 || line.charAt(3) == ' ') {
        return new SmtpReply(Integer.parseInt(line.substring(0, 3)), lines);
      }
      if (lines.size() == MOST_LINES) {
        throw new IOException("A reply has no end");
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("The server closed the connection");
      }
      if (c == '\n') {
        return clean(line.toString(StandardCharsets.UTF_8));
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException("A line has no end");
      }
      line.write(c);
    }
  }

  /** Replies are shown to people: without controls. */
  private static String clean(String line) {
    return line.replaceAll("\\p{Cntrl}", " ").stripTrailing();
  }

  /** Breaks the connection; whoever waits for it is told so. */
  @Override
  public void close() {
    try {
      tcp.close();
    } catch (IOException e) {
      // It is of no use any more either way.
      return;
    }
  }
}
