package org.jmapproxy.backend.imap.internal.sieve;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.sieve.SieveReply.Status;

/** Commands and replies, bounded. Used by one thread. */
final class SieveWire implements AutoCloseable {

  static final int LONGEST_STRING = 1 << 20;
  private static final int MOST_LINES = 2_000;
  private static final int MOST_WORDS = 20;
  private static final int MOST_OCTETS = 4 << 20;
  private static final int LONGEST_TEXT = 2_000;
  private static final int MOST_CHALLENGES = 3;

  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private int octetsOfReply;

  SieveWire(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
  }

  Socket socket() {
    return socket;
  }

  /** Before TLS begins: what is there already came from nobody who is to be trusted. */
  void requireSilence() throws IOException {
    if (in.available() > 0) {
      throw new IOException("Something came before TLS that nobody asked for");
    }
  }

  /** Goes on under TLS. */
  void switchTo(Socket secure) throws IOException {
    socket = secure;
    in = new BufferedInputStream(secure.getInputStream());
    out = new BufferedOutputStream(secure.getOutputStream());
  }

  /** Sends a command with string arguments, all as literals, and reads the reply. */
  SieveReply exchange(String command, String... arguments) throws IOException {
    out.write(command.getBytes(StandardCharsets.US_ASCII));
    for (String argument : arguments) {
      byte[] octets = argument.getBytes(StandardCharsets.UTF_8);
      out.write((" {" + octets.length + "+}\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(octets);
    }
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return read();
  }

  /**
   * Logs in with everything said at once; whatever the server asks beyond that is declined, as some
   * tell that way why they refuse (RFC 5804 section 2.1, RFC 7628 section 3.2.3).
   */
  SieveReply authenticate(String mechanism, String response) throws IOException {
    String command = "AUTHENTICATE \"" + mechanism + "\" {" + response.length() + "+}\r\n";
    out.write((command + response + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    octetsOfReply = 0;
    List<List<String>> lines = new ArrayList<>();
    int challenges = 0;
    while (challenges < MOST_CHALLENGES && lines.size() < MOST_LINES) {
      Line line = line();
      Optional<Status> status = line.status();
      if (status.isPresent()) {
        return new SieveReply(status.get(), line.code(), line.text(), List.copyOf(lines));
      }
      if (line.words().size() == 1 && lines.isEmpty()) {
        challenges++;
        out.write("\"*\"\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } else {
        lines.add(line.words());
      }
    }
    throw new IOException("The login has no end");
  }

  /** Reads lines up to the one that says how it ended. */
  SieveReply read() throws IOException {
    octetsOfReply = 0;
    List<List<String>> lines = new ArrayList<>();
    while (lines.size() < MOST_LINES) {
      Line line = line();
      Optional<Status> status = line.status();
      if (status.isPresent()) {
        return new SieveReply(status.get(), line.code(), line.text(), List.copyOf(lines));
      }
      lines.add(line.words());
    }
    throw new IOException("A reply has no end");
  }

  /**
   * One line.
   *
   * @param words strings and words in their order
   * @param isWord whether the first of them stood without quotes
   * @param code what stood in parentheses
   */
  private record Line(List<String> words, boolean isWord, Optional<String> code) {

    Optional<Status> status() {
      if (!isWord || words.isEmpty()) {
        return Optional.empty();
      }
      return switch (words.get(0).toUpperCase(Locale.ROOT)) {
        case "OK" -> Optional.of(Status.OK);
        case "NO" -> Optional.of(Status.NO);
        case "BYE" -> Optional.of(Status.BYE);
        default -> Optional.empty();
      };
    }

    String text() {
      if (words.size() < 2) {
        return "";
      }
      String text = words.get(words.size() - 1);
      String bounded = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
      return bounded.replaceAll("[\\p{Cntrl}&&[^\r\n]]", " ").strip();
    }
  }

  private Line line() throws IOException {
    List<String> words = new ArrayList<>();
    Optional<String> code = Optional.empty();
    boolean isWord = false;
    while (true) {
      int c = next();
      if (c == '\n') {
        return new Line(List.copyOf(words), isWord, code);
      } else if (words.size() == MOST_WORDS) {
        throw new IOException("A line has too many words");
      } else if (c == '"') {
        words.add(quoted());
      } else if (c == '{') {
        words.add(literal());
      } else if (c == '(') {
        code = Optional.of(code());
      } else if (c > ' ') {
        isWord |= words.isEmpty();
        words.add(word(c));
      }
    }
  }

  private String word(int first) throws IOException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    word.write(first);
    while (true) {
      in.mark(1);
      int c = next();
      if (c <= ' ') {
        in.reset();
        return word.toString(StandardCharsets.UTF_8);
      }
      bounded(word).write(c);
    }
  }

  private String quoted() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int c = next(); c != '"'; c = next()) {
      bounded(text).write(c == '\\' ? next() : c);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private String literal() throws IOException {
    int size = 0;
    for (int digit = next(); digit != '}'; digit = next()) {
      if (digit >= '0' && digit <= '9') {
        size = size * 10 + digit - '0';
      }
      if (size > LONGEST_STRING) {
        throw new IOException("A string is too long");
      }
    }
    int c;
    do {
      c = next();
    } while (c != '\n');
    byte[] octets = in.readNBytes(size);
    if (octets.length < size) {
      throw new EOFException("The server closed the connection");
    }
    count(size);
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** The name of a response code; its arguments are read over. */
  private String code() throws IOException {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    boolean inName = true;
    for (int c = next(); c != ')'; c = next()) {
      if (c == '"') {
        quoted();
      } else if (c == ' ') {
        inName = false;
      } else if (inName) {
        bounded(name).write(c);
      }
    }
    return name.toString(StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
  }

  private static ByteArrayOutputStream bounded(ByteArrayOutputStream text) throws IOException {
    if (text.size() >= LONGEST_STRING) {
      throw new IOException("A string is too long");
    }
    return text;
  }

  private int next() throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new EOFException("The server closed the connection");
    }
    count(1);
    return c;
  }

  private void count(int octets) throws IOException {
    octetsOfReply += octets;
    if (octetsOfReply > MOST_OCTETS) {
      throw new IOException("A reply is too long");
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more either way.
      return;
    }
  }
}
