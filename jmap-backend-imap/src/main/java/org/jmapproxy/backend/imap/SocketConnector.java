package org.jmapproxy.backend.imap;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/**
 * Makes TCP connections to mail servers; the place where an application decides which addresses may
 * be reached. Thread-safe.
 */
@FunctionalInterface
public interface SocketConnector {

  /**
   * A connected socket without TLS.
   *
   * @param timeout for each address that is tried
   * @throws IOException when no connection can be made in time, or may be made
   */
  Socket connect(String host, int port, Duration timeout) throws IOException;
}
