package org.jmapproxy.backend.imap.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.ImapCredentials;
import org.jmapproxy.backend.imap.internal.protocol.ImapEndpoint;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;

/**
 * A server on a plain loopback socket that says what a test tells it to, however wrong. Login,
 * CAPABILITY, NOOP and LOGOUT are answered by itself unless a rule takes them.
 *
 * <pre>{@code
 * try (var server = ScriptedImapServer.offering("IMAP4rev1")
 *         .on("UID FETCH .*", "* 1 FETCH (UID 1 FLAGS NIL)\r\n$ OK done\r\n")
 *         .start()) { ... }
 * }</pre>
 *
 * <p>In replies {@code $ } at the start of a line is the command's tag; replies are ISO 8859-1.
 */
public final class ScriptedImapServer implements AutoCloseable {

  /** Writes a reply by hand; the connection ends if it throws. */
  @FunctionalInterface
  public interface Reply {
    /** Answers the command of that tag. */
    void write(String tag, OutputStream out) throws IOException;
  }

  private record Rule(Pattern command, Answer answer) {}

  /** Answers one command. */
  private interface Answer {
    void write(String tag, String command, OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final String capabilities;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final AtomicInteger consents = new AtomicInteger();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private String greeting;

  private ScriptedImapServer(String capabilities) {
    this.capabilities = capabilities;
    this.greeting = "* OK [CAPABILITY " + capabilities + "] ready\r\n";
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server with this CAPABILITY line. */
  public static ScriptedImapServer offering(String capabilities) {
    return new ScriptedImapServer(capabilities);
  }

  /** Greets with these bytes instead. */
  public ScriptedImapServer greeting(String bytes) {
    greeting = bytes;
    return this;
  }

  /** Answers every command that matches (without its tag); earlier rules come first. */
  public ScriptedImapServer on(String commandPattern, String reply) {
    return on(
        commandPattern,
        (tag, out) -> {
          String tagged =
              Pattern.compile("^\\$ ", Pattern.MULTILINE)
                  .matcher(reply)
                  .replaceAll(Matcher.quoteReplacement(tag + " "));
          out.write(tagged.getBytes(StandardCharsets.ISO_8859_1));
        });
  }

  /** Answers and then closes the connection. */
  public ScriptedImapServer onThenClose(String commandPattern, String bytes) {
    return on(
        commandPattern,
        (tag, out) -> {
          out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          throw new IOException("The script ends the connection");
        });
  }

  /** Answers every command that matches by hand. */
  public ScriptedImapServer on(String commandPattern, Reply reply) {
    return rule(commandPattern, (tag, command, out) -> reply.write(tag, out));
  }

  /** Answers every command that matches by hand, whatever other rules there are. */
  public ScriptedImapServer onFirst(String commandPattern, Reply reply) {
    on(commandPattern, reply);
    rules.add(0, rules.remove(rules.size() - 1));
    return this;
  }

  /** Answers every command that matches with what is made of its tag and the command itself. */
  public ScriptedImapServer answering(
      String commandPattern, BiFunction<String, String, String> reply) {
    return rule(
        commandPattern,
        (tag, command, out) ->
            out.write(reply.apply(tag, command).getBytes(StandardCharsets.ISO_8859_1)));
  }

  private ScriptedImapServer rule(String commandPattern, Answer answer) {
    Pattern pattern = Pattern.compile(commandPattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    rules.add(new Rule(pattern, answer));
    return this;
  }

  public ScriptedImapServer start() {
    Thread thread = new Thread(this::accept, "scripted-imap");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The commands received so far, without tags; literals as their bytes. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** How many literals have waited for consent. */
  public int consents() {
    return consents.get();
  }

  /** Where to connect, with short timeouts. */
  public ImapEndpoint endpoint() {
    return ImapEndpoint.of("127.0.0.1", port(), TlsMode.PLAIN)
        .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  /** A connection, logged in. */
  public ImapConnection connect() {
    return ImapConnection.open(endpoint(), ImapCredentials.password("user", "secret"));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "scripted-imap-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
      out.write(greeting.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      while (true) {
        String line = command(in, out);
        int space = line.indexOf(' ');
        String tag = space < 0 ? line : line.substring(0, space);
        String command = space < 0 ? line : line.substring(space + 1);
        received.add(command);
        reply(command).write(tag, command, out);
        out.flush();
      }
    } catch (IOException e) {
      open.remove(socket);
    }
  }

  private Answer reply(String command) {
    return rules.stream()
        .filter(rule -> rule.command().matcher(command).matches())
        .map(Rule::answer)
        .findFirst()
        .orElseGet(() -> usual(command));
  }

  private Answer usual(String command) {
    String upper = command.toUpperCase(java.util.Locale.ROOT);
    return (tag, received, out) -> {
      String reply;
      if (upper.startsWith("LOGIN ") || upper.startsWith("AUTHENTICATE ")) {
        reply = tag + " OK [CAPABILITY " + capabilities + "] in\r\n";
      } else if (upper.equals("CAPABILITY")) {
        reply = "* CAPABILITY " + capabilities + "\r\n" + tag + " OK done\r\n";
      } else if (upper.equals("LOGOUT")) {
        reply = "* BYE bye\r\n" + tag + " OK done\r\n";
      } else if (upper.equals("NOOP")) {
        reply = tag + " OK done\r\n";
      } else if (upper.equals("DONE")) {
        reply = "";
      } else {
        reply = tag + " BAD not in the script\r\n";
      }
      out.write(reply.getBytes(StandardCharsets.ISO_8859_1));
    };
  }

  /** A command line with its literals in it; asks for synchronising ones. */
  private String command(InputStream in, OutputStream out) throws IOException {
    StringBuilder command = new StringBuilder();
    Pattern literal = Pattern.compile("\\{(\\d+)(\\+?)}$");
    while (true) {
      String line = line(in);
      Matcher matcher = literal.matcher(line);
      if (!matcher.find()) {
        return command.append(line).toString();
      }
      command.append(line, 0, matcher.start());
      if (matcher.group(2).isEmpty()) {
        consents.incrementAndGet();
        out.write("+ go on\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      byte[] bytes = in.readNBytes(Integer.parseInt(matcher.group(1)));
      command.append(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The client is gone");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
