package org.jmapproxy.backend.imap.internal.sieve;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.jmapproxy.backend.imap.internal.protocol.Peer;
import org.jmapproxy.backend.imap.internal.protocol.SocketConnector;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;

/**
 * Where a ManageSieve server is and how to reach it.
 *
 * @param connectTimeout for TCP and, again, for the TLS handshake
 * @param readTimeout how long the server may stay silent while a reply is awaited
 * @param longest how long one piece of work may take in all
 * @param timers ends what takes longer
 * @param sslContext instead of the JVM's default
 * @param trustAnyCertificate accept every certificate and host name (asked for by an operator)
 * @param connector makes the TCP connection
 */
public record SieveEndpoint(
    String host,
    int port,
    TlsMode tls,
    Duration connectTimeout,
    Duration readTimeout,
    Duration longest,
    ScheduledExecutorService timers,
    Optional<SSLContext> sslContext,
    boolean trustAnyCertificate,
    SocketConnector connector)
    implements Peer {

  /** The port of ManageSieve. */
  public static final int PORT = 4190;

  @Override
  public String toString() {
    return host + ":" + port + " (" + tls + ")";
  }
}
