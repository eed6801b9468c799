package org.jmapproxy.backend.imap.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A submission server that keeps what it is given. Told to, it refuses, hesitates or hangs up at a
 * chosen point. Thread-safe.
 */
public final class SmtpSink implements AutoCloseable {

  /** A message that was taken. */
  public record Delivery(String mailFrom, List<String> rcptTo, String message) {}

  /** What the server does at a command. */
  private record Rule(Predicate<String> command, Optional<String> reply, Runnable before) {}

  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private volatile List<String> extensions =
      List.of("PIPELINING", "SIZE 1000000", "8BITMIME", "DSN");

  /** Listens on a port of the system's choice. */
  public SmtpSink() {
    this(0);
  }

  /** Listens on a port. */
  public SmtpSink(int port) {
    try {
      listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  /** Where to connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /** What was taken so far. */
  public List<Delivery> deliveries() {
    return deliveries;
  }

  /** All commands heard so far. */
  public List<String> commands() {
    return commands;
  }

  /** What EHLO tells from now on. */
  public void offers(String... keywords) {
    extensions = List.of(keywords);
  }

  /** Answers a command, known by its beginning, so from now on; {@code .} is the final dot. */
  public void answers(String command, String reply) {
    rule(command, new Rule(starts(command), Optional.of(reply), () -> {}));
  }

  /** Hangs up at a command instead of answering; at the final dot the message counts as taken. */
  public void hangsUpAt(String command) {
    rule(command, new Rule(starts(command), Optional.empty(), () -> {}));
  }

  /** Does something, such as to wait, before it answers a command as usual. */
  public void before(String command, Runnable action) {
    rule(command, new Rule(starts(command), Optional.of(""), action));
  }

  /** Forgets what it was told to do. */
  public void behaves() {
    synchronized (rules) {
      rules.clear();
    }
  }

  private void rule(String command, Rule rule) {
    synchronized (rules) {
      rules.put(command, rule);
    }
  }

  private static Predicate<String> starts(String command) {
    String wanted = command.toUpperCase(Locale.ROOT);
    return given -> given.toUpperCase(Locale.ROOT).startsWith(wanted);
  }

  private Optional<Rule> ruleFor(String command) {
    synchronized (rules) {
      return rules.values().stream().filter(rule -> rule.command().test(command)).findFirst();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        thread(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Dialog(socket).run();
    } catch (SocketException e) {
      Thread.onSpinWait();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sockets.remove(socket);
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "smtp-sink");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection. */
  private final class Dialog {
    private final BufferedReader in;
    private final OutputStream out;
    private String mailFrom = "";
    private final List<String> rcptTo = new ArrayList<>();

    Dialog(Socket socket) throws IOException {
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      out = socket.getOutputStream();
    }

    void run() throws IOException {
      if (!answer("CONNECT", "220 sink ready")) {
        return;
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        if (!handle(line) || line.equalsIgnoreCase("QUIT")) {
          return;
        }
      }
    }

    /** False when it hangs up. */
    private boolean handle(String line) throws IOException {
      String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      return switch (verb) {
        case "EHLO" -> answer(line, hello());
        case "HELO", "RSET", "NOOP" -> answer(line, "250 OK");
        case "QUIT" -> answer(line, "221 Bye");
        case "AUTH" -> answer(line, "235 2.7.0 Welcome");
        case "MAIL" -> mail(line);
        case "RCPT" -> rcpt(line);
        case "DATA" -> data(line);
        default -> answer(line, "500 5.5.1 What?");
      };
    }

    private String hello() {
      List<String> lines = new ArrayList<>(List.of("sink"));
      lines.addAll(extensions);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < lines.size(); i++) {
        text.append(i == 0 ? "" : "\r\n").append("250").append(i == lines.size() - 1 ? " " : "-");
        text.append(lines.get(i));
      }
      return text.toString();
    }

    private boolean mail(String line) throws IOException {
      mailFrom = address(line);
      rcptTo.clear();
      return answer(line, "250 2.1.0 Sender fine");
    }

    private boolean rcpt(String line) throws IOException {
      Optional<String> refusal = ruleFor(line).flatMap(Rule::reply).filter(r -> !r.isEmpty());
      if (refusal.filter(reply -> !reply.startsWith("2")).isEmpty()) {
        rcptTo.add(address(line));
      }
      return answer(line, "250 2.1.5 Recipient fine");
    }

    private boolean data(String line) throws IOException {
      if (!answer(line, "354 Go on")) {
        return false;
      }
      if (ruleFor(line)
          .flatMap(Rule::reply)
          .filter(r -> r.startsWith("4") || r.startsWith("5"))
          .isPresent()) {
        return true;
      }
      StringBuilder message = new StringBuilder();
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        if (text.equals(".")) {
          return end(message.toString());
        }
        message.append(text.startsWith(".") ? text.substring(1) : text).append("\r\n");
      }
      return false;
    }

    private boolean end(String message) throws IOException {
      Optional<String> refusal = ruleFor(".").flatMap(Rule::reply);
      if (refusal.filter(r -> r.startsWith("4") || r.startsWith("5")).isEmpty()) {
        deliveries.add(new Delivery(mailFrom, List.copyOf(rcptTo), message));
      }
      return answer(".", "250 2.0.0 Taken");
    }

    private boolean answer(String command, String usual) throws IOException {
      Optional<Rule> rule = ruleFor(command);
      rule.ifPresent(one -> one.before().run());
      if (rule.isPresent() && rule.get().reply().isEmpty()) {
        return false;
      }
      String reply = rule.flatMap(Rule::reply).filter(one -> !one.isEmpty()).orElse(usual);
      out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return true;
    }

    private static String address(String line) {
      return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
