package org.jmapproxy.backend.imap.internal.protocol;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Makes TCP connections; the place where a server checks which addresses may be reached. */
@FunctionalInterface
public interface SocketConnector {

  /** Resolves the name and tries its addresses in order. */
  SocketConnector DIRECT = SocketConnector::connectDirectly;

  /**
   * A connected socket without TLS.
   *
   * @throws IOException if no connection can be made in time, or may be made
   */
  Socket connect(String host, int port, Duration timeout) throws IOException;

  private static Socket connectDirectly(String host, int port, Duration timeout)
      throws IOException {
    IOException failure = new IOException("No address");
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }
}
