package org.jmapproxy.backend.imap.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.jmapproxy.backend.imap.internal.protocol.wire.ImapLimits;

/**
 * Where a server is and how to reach it.
 *
 * @param connectTimeout for TCP and, again, for the TLS handshake
 * @param readTimeout how long the server may stay silent while an answer is awaited
 * @param sslContext instead of the JVM's default
 * @param trustAnyCertificate accept every certificate and host name (asked for by an operator)
 * @param connector makes the TCP connection
 * @param limits bounds on what the server may send
 * @param readOnly send no command that could change anything at the server
 * @param timers end writes that a peer does not take
 */
public record ImapEndpoint(
    String host,
    int port,
    TlsMode tls,
    Duration connectTimeout,
    Duration readTimeout,
    Optional<SSLContext> sslContext,
    boolean trustAnyCertificate,
    SocketConnector connector,
    ImapLimits limits,
    boolean readOnly,
    Optional<ScheduledExecutorService> timers)
    implements Peer {

  /** The usual settings: 15 s to connect, 60 s of silence, the JVM's trust. */
  public static ImapEndpoint of(String host, int port, TlsMode tls) {
    return new ImapEndpoint(
        host,
        port,
        tls,
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Optional.empty(),
        false,
        SocketConnector.DIRECT,
        ImapLimits.DEFAULT,
        false,
        Optional.empty());
  }

  public ImapEndpoint withTimeouts(Duration connect, Duration read) {
    return new ImapEndpoint(
        host,
        port,
        tls,
        connect,
        read,
        sslContext,
        trustAnyCertificate,
        connector,
        limits,
        readOnly,
        timers);
  }

  public ImapEndpoint withSslContext(SSLContext context) {
    return new ImapEndpoint(
        host,
        port,
        tls,
        connectTimeout,
        readTimeout,
        Optional.of(context),
        trustAnyCertificate,
        connector,
        limits,
        readOnly,
        timers);
  }

  public ImapEndpoint trustingAnyCertificate() {
    return new ImapEndpoint(
        host,
        port,
        tls,
        connectTimeout,
        readTimeout,
        sslContext,
        true,
        connector,
        limits,
        readOnly,
        timers);
  }

  public ImapEndpoint withConnector(SocketConnector newConnector) {
    return new ImapEndpoint(
        host,
        port,
        tls,
        connectTimeout,
        readTimeout,
        sslContext,
        trustAnyCertificate,
        newConnector,
        limits,
        readOnly,
        timers);
  }

  public ImapEndpoint withLimits(ImapLimits newLimits) {
    return new ImapEndpoint(
        host,
        port,
        tls,
        connectTimeout,
        readTimeout,
        sslContext,
        trustAnyCertificate,
        connector,
        newLimits,
        readOnly,
        timers);
  }

  /** Every mailbox is opened with EXAMINE, and what would change something is refused unsent. */
  public ImapEndpoint readingOnly() {
    return new ImapEndpoint(
        host,
        port,
        tls,
        connectTimeout,
        readTimeout,
        sslContext,
        trustAnyCertificate,
        connector,
        limits,
        true,
        timers);
  }

  /** The same with something that ends writes which hang; without, they may hang for ever. */
  public ImapEndpoint withTimers(ScheduledExecutorService executor) {
    return new ImapEndpoint(
        host,
        port,
        tls,
        connectTimeout,
        readTimeout,
        sslContext,
        trustAnyCertificate,
        connector,
        limits,
        readOnly,
        Optional.of(executor));
  }

  @Override
  public String toString() {
    return host + ":" + port + " (" + tls + ")";
  }
}
