package org.jmapproxy.backend.imap.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A server of any protocol to connect to. */
public interface Peer {

  /** Name or address. */
  String host();

  /** 1 to 65535. */
  int port();

  /** For TCP and, again, for the TLS handshake. */
  Duration connectTimeout();

  /** How long the server may stay silent while an answer is awaited. */
  Duration readTimeout();

  /** Whom to trust, instead of the JVM's default. */
  Optional<SSLContext> sslContext();

  /** Whether to accept every certificate and host name. */
  boolean trustAnyCertificate();

  /** Makes the TCP connection. */
  SocketConnector connector();
}
