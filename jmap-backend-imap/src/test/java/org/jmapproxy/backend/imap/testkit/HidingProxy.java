package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between a client and an IMAP server without TLS, and hides abilities of the server by
 * garbling their names in both directions. It can also do something just before a command reaches
 * the server. Thread-safe.
 */
public final class HidingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Surprise> surprises = new ConcurrentLinkedQueue<>();
  private volatile List<String> hidden;

  private record Surprise(String command, Runnable action) {}

  /** Stands before a server and hides words such as {@code OBJECTID}. */
  public HidingProxy(String host, int port, String... words) {
    this.host = host;
    this.port = port;
    this.hidden = List.of(words);
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

  /** Hides other words from now on, and breaks all connections: the server was exchanged. */
  public void hide(String... words) {
    hidden = List.of(words);
    cutAll();
  }

  /** Does something once, just before client data that contain a text go to the server. */
  public void before(String command, Runnable action) {
    surprises.add(new Surprise(command, action));
  }

  /** Whether everything that was to be done before commands is done. */
  public boolean isQuiet() {
    return surprises.isEmpty();
  }

  private void cutAll() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    sockets.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(host, port);
        sockets.add(client);
        sockets.add(server);
        thread(() -> pump(client, server, true));
        thread(() -> pump(server, client, false));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "hiding-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to, boolean commands) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      String open = "";
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        String text = open + new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        open = beginningOfHidden(text);
        String whole = text.substring(0, text.length() - open.length());
        if (commands) {
          surprise(whole);
        }
        out.write(garbled(whole).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
    } catch (IOException e) {
      Thread.onSpinWait();
    }
  }

  private void surprise(String text) {
    for (Surprise surprise : surprises) {
      if (text.contains(surprise.command()) && surprises.remove(surprise)) {
        surprise.action().run();
      }
    }
  }

  /** What may become a hidden word when more has arrived; lines never end like that. */
  private String beginningOfHidden(String text) {
    for (String word : hidden) {
      for (int length = Math.min(word.length() - 1, text.length()); length > 0; length--) {
        if (text.endsWith(word.substring(0, length))) {
          return word.substring(0, length);
        }
      }
    }
    return "";
  }

  private String garbled(String text) {
    String garbled = text;
    for (String word : hidden) {
      garbled = garbled.replace(word, "Q".repeat(word.length()));
    }
    return garbled;
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
