package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A TCP proxy on the loopback interface that breaks connections on demand: after so many bytes,
 * after a command whose reply is lost, at once; or that delays or swallows what the server says.
 * Faults can be set while connections are open. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean stalled;
  private volatile boolean refusing;
  private volatile Optional<String> lostCommand = Optional.empty();
  private final List<String> said = new CopyOnWriteArrayList<>();

  private FaultyProxy(InetSocketAddress target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** A proxy to that port on the loopback interface, without any fault yet. */
  public static FaultyProxy to(int port) {
    return new FaultyProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** How often clients have said something so far. */
  public long said(String text) {
    return said.stream().mapToLong(line -> line.split(Pattern.quote(text), -1).length - 1).sum();
  }

  /** Cuts all connections once the server has sent that many more bytes; this truncates a reply. */
  public void cutAfter(long bytesFromServer) {
    bytesLeft.set(bytesFromServer);
  }

  /**
   * Lets the next client data that contains {@code text} through, waits for the server's answer,
   * throws it away and cuts: the command was done, and nobody heard of it.
   */
  public void loseReplyTo(String text) {
    lostCommand = Optional.of(text);
  }

  /** Holds back everything that the server sends by that time. */
  public void delay(Duration time) {
    delay = time;
  }

  /** Swallows what the server sends, with connections left open; false lets it through again. */
  public void stall(boolean on) {
    stalled = on;
  }

  /** Closes new connections at once. */
  public void refuse(boolean on) {
    refusing = on;
  }

  /** Cuts all open connections. */
  public void cut() {
    open.forEach(FaultyProxy::closeQuietly);
    open.clear();
  }

  /** No faults any more. */
  public void heal() {
    bytesLeft.set(Long.MAX_VALUE);
    delay = Duration.ZERO;
    stalled = false;
    refusing = false;
    lostCommand = Optional.empty();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.incrementAndGet();
        if (refusing) {
          client.close();
          continue;
        }
        Socket server = new Socket();
        server.connect(target, 5000);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        Link link = new Link(client, server);
        daemon(link::upstream);
        daemon(link::downstream);
      } catch (IOException e) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "faulty-proxy");
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
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  /** One client with its connection to the server. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean losing;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void upstream() {
      pump(client, server, this::toServer);
    }

    void downstream() {
      pump(server, client, this::toClient);
    }

    private boolean toServer(byte[] bytes, int length) {
      String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
      said.add(text);
      if (lostCommand.filter(text::contains).isPresent()) {
        lostCommand = Optional.empty();
        losing = true;
      }
      return true;
    }

    private boolean toClient(byte[] bytes, int length) throws IOException {
      if (losing && !continues(bytes, length)) {
        throw new IOException("The reply is lost");
      }
      pause();
      return !stalled;
    }

    /** The go-ahead for a literal is no reply yet. */
    private boolean continues(byte[] bytes, int length) {
      return length > 0 && bytes[0] == '+';
    }

    private void pause() throws IOException {
      if (!delay.isZero()) {
        try {
          Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }

    private void pump(Socket from, Socket to, Gate gate) {
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        byte[] buffer = new byte[16384];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (gate.lets(buffer, read)) {
            int most = from == server ? (int) Math.min(read, bytesLeft.getAndAdd(-read)) : read;
            out.write(buffer, 0, Math.max(0, most));
            if (most < read) {
              throw new IOException("The connection is cut");
            }
          }
        }
      } catch (IOException e) {
        open.remove(from);
        open.remove(to);
      }
    }
  }

  /** Looks at data on its way; false swallows it, an exception cuts. */
  private interface Gate {
    boolean lets(byte[] bytes, int length) throws IOException;
  }
}
