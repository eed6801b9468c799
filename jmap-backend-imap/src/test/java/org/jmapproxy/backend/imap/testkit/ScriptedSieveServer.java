package org.jmapproxy.backend.imap.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ManageSieve server that says what it is told to, and keeps nothing: two scripts, {@code a} and,
 * active, {@code b}. Thread-safe.
 */
public final class ScriptedSieveServer implements AutoCloseable {

  /** An answer after which the connection ends. */
  public static final String CUT = "";

  private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\+?}$");
  private static final String CAPABILITIES =
      "\"IMPLEMENTATION\" \"Scripted 1\"\r\n\"SASL\" \"PLAIN OAUTHBEARER\"\r\n"
          + "\"SIEVE\" \"fileinto vacation include\"\r\n\"VERSION\" \"1.0\"\r\nOK\r\n";

  private final ServerSocket listener;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile String greeting = CAPABILITIES;

  /** Listens on loopback. */
  public ScriptedSieveServer() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers.put("AUTHENTICATE", "OK\r\n");
    answers.put("CAPABILITY", CAPABILITIES);
    answers.put("LISTSCRIPTS", "\"a\"\r\n\"b\" ACTIVE\r\nOK\r\n");
    answers.put("GETSCRIPT", "{7}\r\nkeep;\r\n\r\nOK\r\n");
    daemon(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on a command has this answer, line ends included; {@link #CUT}: none. */
  public ScriptedSieveServer answer(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  /** From now on a connection begins so. */
  public ScriptedSieveServer greet(String text) {
    greeting = text;
    return this;
  }

  /** The commands heard so far, without their arguments. */
  public List<String> heard() {
    return heard;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      say(client, greeting);
      for (List<String> command = read(in); !command.isEmpty(); command = read(in)) {
        String name = command.get(0).split(" ", 2)[0];
        heard.add(name);
        String answer = answers.getOrDefault(name, "OK\r\n");
        if (answer.equals(CUT)) {
          return;
        }
        say(client, answer);
      }
    } catch (IOException e) {
      heard.add("END");
    }
  }

  /** The lines and literals of a command. */
  private static List<String> read(InputStream in) throws IOException {
    List<String> parts = new ArrayList<>();
    while (true) {
      StringBuilder line = new StringBuilder();
      int c = in.read();
      while (c >= 0 && c != '\n') {
        line.append((char) c);
        c = in.read();
      }
      if (c < 0) {
        return List.of();
      }
      String text = line.toString().stripTrailing();
      parts.add(text);
      Matcher literal = LITERAL.matcher(text);
      if (!literal.find()) {
        return parts;
      }
      byte[] octets = in.readNBytes(Integer.parseInt(literal.group(1)));
      parts.add(new String(octets, StandardCharsets.UTF_8));
    }
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-sieve");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
