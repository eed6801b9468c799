package org.jmapproxy.backend.imap.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that says whatever a test wants, in plain text; for answers without literals. */
public final class RawImap implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader answers;
  private int commands;

  /** Logs in. */
  public RawImap(RealServer server, String user) {
    try {
      socket = new Socket(server.host(), server.imapPort());
      socket.setSoTimeout(30_000);
      answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      line();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int octets = RealServer.PASSWORD.getBytes(UTF_8).length;
    ok("LOGIN \"" + user + "\" {" + octets + "+}\r\n" + RealServer.PASSWORD);
  }

  /** The lines of an answer up to the tagged one, which must say OK. */
  public List<String> ok(String command) {
    List<String> lines = send(command);
    String last = lines.get(lines.size() - 1);
    if (!last.contains(" OK")) {
      throw new AssertionError(command + ": " + last);
    }
    return lines;
  }

  /** The lines of an answer up to the tagged one. */
  public List<String> send(String command) {
    String tag = "x" + ++commands;
    try {
      socket.getOutputStream().write((tag + " " + command + "\r\n").getBytes(UTF_8));
      List<String> lines = new ArrayList<>();
      do {
        lines.add(line());
      } while (!lines.get(lines.size() - 1).startsWith(tag + " "));
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("The server hung up");
    }
    return line;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
