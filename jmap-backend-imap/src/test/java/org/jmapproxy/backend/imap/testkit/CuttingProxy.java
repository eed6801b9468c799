package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and an IMAP server without TLS. Told to, it lets one command through and
 * breaks the connection instead of delivering the answer.
 */
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Optional<String> doomed = Optional.empty();

  /** Forwards to a server. */
  public CuttingProxy(String host, int port) {
    this.host = host;
    this.port = port;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  /** Where to connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The answer to the next such command is lost. */
  public void loseAnswerTo(String command) {
    doomed = Optional.of(command);
  }

  /** Breaks all connections; new ones can be made. */
  public void cutAll() {
    for (Socket socket : Set.copyOf(sockets)) {
      try {
        socket.close();
        sockets.remove(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether the command has come. */
  public boolean hasStruck() {
    return doomed.isEmpty();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        new Pair(listener.accept(), new Socket(host, port)).start();
        if (listener.isClosed()) {
          cutAll();
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection. */
  private final class Pair {
    private final Socket client;
    private final Socket server;
    private volatile boolean struck;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
      sockets.add(client);
      sockets.add(server);
    }

    void start() {
      thread(() -> pump(client, server, true));
      thread(() -> pump(server, client, false));
    }

    private void pump(Socket from, Socket to, boolean commands) {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
          if (commands) {
            strike(text);
          } else if (struck && text.contains(" OK ")) {
            return;
          }
          if (commands || !struck) {
            out.write(buffer, 0, count);
          }
        }
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }

    private void strike(String text) {
      Optional<String> command = doomed;
      if (command.isPresent() && text.contains(command.get())) {
        struck = true;
        doomed = Optional.empty();
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll();
  }
}
