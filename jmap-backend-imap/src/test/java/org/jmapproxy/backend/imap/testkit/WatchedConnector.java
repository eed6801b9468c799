package org.jmapproxy.backend.imap.testkit;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jmapproxy.backend.imap.SocketConnector;

/**
 * Connections that write down what is sent over them, count themselves, and can be made slow.
 * Thread-safe.
 */
public final class WatchedConnector implements SocketConnector {
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private volatile int slowPort = -1;
  private volatile Duration drop = Duration.ZERO;

  @Override
  public Socket connect(String host, int port, Duration timeout) throws IOException {
    Watched socket = new Watched();
    socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
    socket.opened();
    return socket;
  }

  /** Connections to this port get their data in drops of 2000 octets, one in so long a time. */
  public void slowDown(int port, Duration pause) {
    drop = pause;
    slowPort = port;
  }

  /** Nothing is slow any more. */
  public void speedUp() {
    slowPort = -1;
  }

  /** The commands so far without their tags; literals and continuations are in it as they came. */
  public List<String> commands() {
    return sent.stream()
        .flatMap(String::lines)
        .map(line -> line.replaceFirst("^a\\d+ ", ""))
        .toList();
  }

  /** How many connections were open at the same time, at most. */
  public int mostOpen() {
    return mostOpen.get();
  }

  /** How many connections are open. */
  public int open() {
    return open.get();
  }

  private final class Watched extends Socket {
    private boolean counted;

    void opened() {
      counted = true;
      int now = open.incrementAndGet();
      mostOpen.accumulateAndGet(now, Math::max);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          sent.add(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
          out.write(bytes, from, length);
        }
      };
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          if (getPort() != slowPort) {
            return in.read(bytes, from, length);
          }
          LockSupport.parkNanos(drop.toNanos());
          if (Thread.interrupted()) {
            throw new InterruptedIOException();
          }
          return in.read(bytes, from, Math.min(length, 2000));
        }
      };
    }

    @Override
    public synchronized void close() throws IOException {
      if (counted) {
        counted = false;
        open.decrementAndGet();
      }
      super.close();
    }
  }
}
