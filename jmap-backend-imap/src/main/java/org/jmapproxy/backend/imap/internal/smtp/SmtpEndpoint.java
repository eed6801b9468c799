package org.jmapproxy.backend.imap.internal.smtp;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jmapproxy.backend.imap.internal.protocol.Peer;
import org.jmapproxy.backend.imap.internal.protocol.SocketConnector;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;

/**
 * Where a submission server is and how to reach it.
 *
 * @param connectTimeout for TCP and, again, for the TLS handshake
 * @param readTimeout how long the server may stay silent while a reply is awaited
 * @param finalTimeout how long it may take to accept a message (RFC 5321 section 4.5.3.2.6)
 * @param sslContext instead of the JVM's default
 * @param trustAnyCertificate accept every certificate and host name (asked for by an operator)
 * @param connector makes the TCP connection
 */
public record SmtpEndpoint(
    String host,
    int port,
    TlsMode tls,
    Duration connectTimeout,
    Duration readTimeout,
    Duration finalTimeout,
    Optional<SSLContext> sslContext,
    boolean trustAnyCertificate,
    SocketConnector connector)
    implements Peer {

  /** The usual patience: 15 s to connect, 2 min for a reply, 10 min for the last one. */
  public static SmtpEndpoint of(
      String host,
      int port,
      TlsMode tls,
      Optional<SSLContext> sslContext,
      boolean trustAnyCertificate,
      SocketConnector connector) {
    return new SmtpEndpoint(
        host,
        port,
        tls,
        Duration.ofSeconds(15),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        sslContext,
        trustAnyCertificate,
        connector);
  }

  @Override
  public String toString() {
    return host + ":" + port + " (" + tls + ")";
  }
}
