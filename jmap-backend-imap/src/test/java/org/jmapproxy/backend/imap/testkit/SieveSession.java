package org.jmapproxy.backend.imap.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Another ManageSieve client, as simple as can be: it understands what Dovecot says. */
public final class SieveSession implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader in;

  /** Logs in. */
  public SieveSession(DovecotServer server, String user) {
    try {
      socket = new Socket(server.host(), server.sievePort());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      answer();
      String secret = "\0" + user + "\0" + RealServer.PASSWORD;
      String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
      command("AUTHENTICATE \"PLAIN\" \"" + encoded + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the active script. */
  public Optional<String> active() {
    return command("LISTSCRIPTS").stream()
        .filter(line -> line.endsWith(" ACTIVE"))
        .map(line -> line.substring(1, line.lastIndexOf('"')))
        .findFirst();
  }

  /** The text of a script, its lines ended by LF. */
  public String script(String name) {
    List<String> lines = command("GETSCRIPT \"" + name + "\"");
    return String.join("\n", lines.subList(1, lines.size()));
  }

  /** Stores a script. */
  public void put(String name, String text) {
    command("PUTSCRIPT \"" + name + "\" {" + text.length() + "+}\r\n" + text);
  }

  /** Activates a script. */
  public void activate(String name) {
    command("SETACTIVE \"" + name + "\"");
  }

  private List<String> command(String command) {
    try {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> answer() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("OK")) {
        return lines;
      }
      if (line.startsWith("NO") || line.startsWith("BYE")) {
        throw new IllegalStateException(line);
      }
      lines.add(line);
    }
    throw new IllegalStateException("Dovecot closed the connection");
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
