package org.jmapproxy.backend.imap.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a client and an IMAP server without TLS, understands where commands and lines end,
 * and meddles: answers commands in the server's place, changes what the server says, cuts at a
 * certain command.
 */
public final class MeddlingProxy implements AutoCloseable {
  /** When, seen from a command, the connection is cut. */
  public enum Cut {
    /** The server never sees the command. */
    BEFORE,
    /** The server sees a command up to its first literal, and nothing of that. */
    BEFORE_LITERAL,
    /** The server sees half of the command's literal. */
    IN_LITERAL,
    /** The server carries it out; the client hears nothing. */
    AFTER
  }

  private record Rule(Pattern command, String reply, AtomicInteger left) {}

  private record Knife(int at, Cut how, boolean staysAway) {}

  private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)(\\+?)}\r?\n$");

  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger count = new AtomicInteger();
  private volatile UnaryOperator<String> lines = line -> line;
  private volatile Optional<Knife> knife = Optional.empty();
  private volatile boolean away;
  private volatile Optional<Pattern> stalling = Optional.empty();

  /** Forwards to a server. */
  public MeddlingProxy(String host, int port) {
    this.host = host;
    this.port = port;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  /** Forwards to a Dovecot. */
  public static MeddlingProxy to(DovecotServer server) {
    return new MeddlingProxy(server.host(), server.imapPort());
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections were tried so far. */
  public int connections() {
    return connections.get();
  }

  /** The command lines so far, without their tags and literals. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** Answers commands that match in the server's place; {@code $} stands for the tag. */
  public void answer(String command, String reply) {
    answer(command, reply, Integer.MAX_VALUE);
  }

  /** The same, so many times. */
  public void answer(String command, String reply, int times) {
    rules.add(
        new Rule(
            Pattern.compile(command, Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
            reply,
            new AtomicInteger(times)));
  }

  /** Changes lines of the server, given with their line ends; literals are lines too. */
  public void lines(UnaryOperator<String> change) {
    lines = change;
  }

  /** Cuts the connection of the n-th command from now, counting from 1. */
  public void cutAt(int command, Cut how) {
    cutAt(command, how, false);
  }

  /** The same; the server may be away from then on. */
  public void cutAt(int command, Cut how, boolean staysAway) {
    count.set(0);
    knife = Optional.of(new Knife(command, how, staysAway));
  }

  /** Whether the cut has happened. */
  public boolean hasCut() {
    return knife.isEmpty();
  }

  /** Closes new connections at once, and the old ones now; false: serves again. */
  public void away(boolean isAway) {
    away = isAway;
    if (isAway) {
      cut();
    }
  }

  /** Takes nothing more from the client, once such a command has begun; the connection stays. */
  public void stopReadingAt(String command) {
    stalling = Optional.of(Pattern.compile(command, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
  }

  /** No more meddling. */
  public void heal() {
    rules.clear();
    lines = line -> line;
    knife = Optional.empty();
    away = false;
    stalling = Optional.empty();
  }

  /** Cuts all open connections. */
  public void cut() {
    sockets.forEach(MeddlingProxy::closeQuietly);
    sockets.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.incrementAndGet();
        if (away) {
          client.close();
          continue;
        }
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        Link link = new Link(client, server);
        thread(link::upstream);
        thread(link::downstream);
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "meddling-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closeQuietlyListener();
    cut();
  }

  private void closeQuietlyListener() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One client with its connection to the server. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean deaf;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void upstream() {
      try (client;
          server;
          InputStream in = new BufferedInputStream(client.getInputStream());
          OutputStream out = server.getOutputStream()) {
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          command(line, in, out);
        }
      } catch (IOException e) {
        sockets.remove(client);
      }
    }

    private void command(String line, InputStream in, OutputStream out) throws IOException {
      int space = line.indexOf(' ');
      String command = line.substring(space + 1).stripTrailing();
      boolean named = space > 0 && line.charAt(0) == 'a';
      if (named) {
        commands.add(command);
      }
      Optional<Rule> rule = named ? rule(command) : Optional.empty();
      if (rule.isPresent()) {
        answer(rule.get(), line, line.substring(0, space), in);
        return;
      }
      Optional<Cut> cut = named ? due() : Optional.empty();
      if (cut.filter(Cut.BEFORE::equals).isPresent()) {
        throw new IOException("cut before " + command);
      }
      while (stalling.filter(pattern -> pattern.matcher(command).matches()).isPresent()
          && !client.isClosed()) {
        LockSupport.parkNanos(10_000_000);
      }
      deaf = cut.isPresent();
      forward(line, in, out, cut);
    }

    private void forward(String first, InputStream in, OutputStream out, Optional<Cut> cut)
        throws IOException {
      String line = first;
      while (true) {
        Matcher literal = LITERAL.matcher(line);
        if (cut.isPresent() && cut.get() != Cut.AFTER && !literal.find()) {
          throw new IOException("cut instead of a literal");
        }
        out.write(line.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        literal.reset();
        if (!literal.find()) {
          return;
        }
        byte[] octets =
            in.readNBytes(cut.isPresent() && cut.get() == Cut.BEFORE_LITERAL ? 0 : size(literal));
        if (cut.isPresent() && cut.get() != Cut.AFTER) {
          out.write(octets, 0, octets.length / 2);
          out.flush();
          throw new IOException("cut in a literal");
        }
        out.write(octets);
        out.flush();
        line = line(in);
      }
    }

    private static int size(Matcher literal) {
      return Integer.parseInt(literal.group(1));
    }

    private void answer(Rule rule, String first, String tag, InputStream in) throws IOException {
      String line = first;
      Matcher literal = LITERAL.matcher(line);
      while (literal.find() && !literal.group(2).isEmpty()) {
        in.readNBytes(size(literal));
        line = line(in);
        literal = LITERAL.matcher(line);
      }
      String reply = rule.reply().replace("$", tag);
      synchronized (this) {
        client.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
      }
    }

    private Optional<Rule> rule(String command) {
      return rules.stream()
          .filter(rule -> rule.command().matcher(command).matches())
          .filter(rule -> rule.left().getAndDecrement() > 0)
          .findFirst();
    }

    private Optional<Cut> due() {
      Optional<Knife> waiting = knife;
      if (waiting.isEmpty() || count.incrementAndGet() != waiting.get().at()) {
        return Optional.empty();
      }
      knife = Optional.empty();
      away = waiting.get().staysAway();
      return Optional.of(waiting.get().how());
    }

    void downstream() {
      try (client;
          server;
          InputStream in = new BufferedInputStream(server.getInputStream())) {
        OutputStream out = client.getOutputStream();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          if (deaf && !line.startsWith("+") && line.matches("(?s)a\\d+ .*")) {
            return;
          }
          if (!deaf || line.startsWith("+")) {
            synchronized (this) {
              out.write(lines.apply(line).getBytes(StandardCharsets.ISO_8859_1));
              if (in.available() == 0) {
                out.flush();
              }
            }
          }
        }
      } catch (IOException e) {
        sockets.remove(server);
      }
    }

    private static String line(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(128);
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        line.write(octet);
        if (octet == '\n') {
          break;
        }
      }
      return line.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
