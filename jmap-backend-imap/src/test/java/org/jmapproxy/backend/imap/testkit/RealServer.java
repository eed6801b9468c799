package org.jmapproxy.backend.imap.testkit;

import java.time.Duration;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.ImapCredentials;
import org.jmapproxy.backend.imap.internal.protocol.ImapEndpoint;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A throw-away mail server as a child process on free loopback ports, in a directory of its own.
 * Every user name exists, with the password {@link #PASSWORD}; users are made by their first login,
 * with the folders Drafts, Sent, Junk, Trash and Archive.
 *
 * <p>Registered as an extension it runs from before a test class until after it; {@link #start} and
 * {@link #close} serve programs without JUnit.
 */
public interface RealServer extends BeforeAllCallback, AfterAllCallback, AutoCloseable {
  /** Every user's password; not ASCII, so that logins prove their encoding. */
  String PASSWORD = "pässwörd";

  /** Starts it; skips or fails the test if there is no such server on this machine. */
  void start();

  /** Ends it and all its children, and removes its files. */
  @Override
  void close();

  /** The port for plain text and STARTTLS. */
  int imapPort();

  /** The port with TLS from the start. */
  int imapsPort();

  /**
   * Puts messages into a mailbox, which is made if it is not there: {@link SampleMessages} number 1
   * to {@code messages}.
   */
  void seed(String user, String mailbox, int messages);

  /** Where it listens. */
  default String host() {
    return "127.0.0.1";
  }

  /** Where to connect; certificates are not checked (ours is self-signed). */
  default ImapEndpoint endpoint(TlsMode tls) {
    int port = tls == TlsMode.IMPLICIT ? imapsPort() : imapPort();
    return ImapEndpoint.of(host(), port, tls)
        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(30))
        .trustingAnyCertificate();
  }

  /** A connection in plain text, logged in as that user. */
  default ImapConnection connect(String user) {
    return ImapConnection.open(endpoint(TlsMode.PLAIN), credentials(user));
  }

  /** How that user logs in. */
  default ImapCredentials credentials(String user) {
    return ImapCredentials.password(user, PASSWORD);
  }

  @Override
  default void beforeAll(ExtensionContext context) {
    start();
  }

  @Override
  default void afterAll(ExtensionContext context) {
    close();
  }
}
