package org.jmapproxy.backend.imap.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.backend.AccountConfiguration;

/** Another ManageSieve client, as simple as can be: it understands what Dovecot and Cyrus say. */
public final class SieveSession implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader in;

  /** Logs in. */
  public SieveSession(DovecotServer server, String user) {
    this(server, server.sievePort(), user);
  }

  /** Logs in at any server. */
  public SieveSession(RealServer server, int sievePort, String user) {
    try {
      socket = new Socket(server.host(), sievePort);
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

  /** How an account with a ManageSieve server is configured, without TLS. */
  public static AccountConfiguration configuration(RealServer server, int sievePort, String user) {
    AccountConfiguration usual = ImapProxy.configuration(server, user);
    Map<String, String> settings = new HashMap<>(usual.settings());
    settings.put("sievePort", Integer.toString(sievePort));
    return new AccountConfiguration(
        usual.accountId(), usual.email(), settings, usual.credentials());
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

  /** Gives a script another name. */
  public void rename(String from, String to) {
    command("RENAMESCRIPT \"" + from + "\" \"" + to + "\"");
  }

  /** Deletes a script. */
  public void delete(String name) {
    command("DELETESCRIPT \"" + name + "\"");
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
