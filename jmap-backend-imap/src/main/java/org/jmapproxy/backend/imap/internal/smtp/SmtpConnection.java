package org.jmapproxy.backend.imap.internal.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jmapproxy.backend.imap.internal.protocol.Sockets;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException.Stage;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.mail.submission.EnvelopeAddress;

/**
 * A connection to a submission server that is logged in. Used by one thread; may be closed by
 * another, which makes what goes on fail with {@link SmtpLostException}.
 */
public final class SmtpConnection implements AutoCloseable {

  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final SmtpEndpoint endpoint;
  private final SmtpWire wire;
  private SmtpExtensions extensions = new SmtpExtensions(Map.of());

  private SmtpConnection(SmtpEndpoint endpoint, SmtpWire wire) {
    this.endpoint = endpoint;
    this.wire = wire;
  }

  /**
   * Connects; says nothing yet. Whoever gets the connection can already close it.
   *
   * @throws SmtpException when there is no connection, or none to be trusted
   */
  public static SmtpConnection connect(SmtpEndpoint endpoint) {
    try {
      Socket tcp = Sockets.connect(endpoint);
      try {
        Socket socket = endpoint.tls() == TlsMode.IMPLICIT ? secure(endpoint, tcp) : tcp;
        return new SmtpConnection(endpoint, new SmtpWire(tcp, socket));
      } catch (IOException | RuntimeException e) {
        tcp.close();
        throw e;
      }
    } catch (IOException e) {
      throw SmtpLostException.of(e);
    }
  }

  /**
   * Introduces us, protects the connection and logs in, as the endpoint has it.
   *
   * @throws SmtpException when the server refuses any of it
   */
  public void begin(Credentials credentials) {
    try {
      require(Stage.GREETING, wire.read());
      hello();
      if (endpoint.tls() == TlsMode.STARTTLS) {
        startTls();
        hello();
      }
      new SmtpLogin(wire, extensions, endpoint).run(credentials);
    } catch (IOException e) {
      throw SmtpLostException.of(e);
    }
  }

  /** What the server offers. */
  public SmtpExtensions extensions() {
    return extensions;
  }

  /**
   * Tells from whom and to whom. Refused recipients do not end the transaction.
   *
   * @return the reply to each recipient, in their order
   * @throws SmtpException when the sender is refused
   */
  public List<SmtpReply> envelope(
      EnvelopeAddress mailFrom, List<EnvelopeAddress> recipients, MessageTraits message) {
    try {
      return new SmtpTransaction(wire, extensions).begin(mailFrom, recipients, message);
    } catch (IOException e) {
      throw SmtpLostException.of(e);
    }
  }

  /**
   * Hands over the message.
   *
   * @param message with CRLF, read to its end, not closed
   * @param beforeEnd run when all is written but the final dot: until then the server must not
   *     deliver, from then on it may
   * @return what the server says to the message: it took it, or it did not
   * @throws SmtpRefusedException when it does not want to hear it
   * @throws SmtpLostException see {@link SmtpLostException#isAfterMessage}
   */
  public SmtpReply data(InputStream message, Runnable beforeEnd) {
    try {
      SmtpReply ready = wire.exchange("DATA");
      if (ready.code() != 354) {
        throw new SmtpRefusedException(Stage.DATA, ready);
      }
      new DottedMessage(wire.raw()).write(message);
      wire.flush();
    } catch (IOException e) {
      throw SmtpLostException.of(e);
    }
    beforeEnd.run();
    try {
      wire.patience(endpoint.finalTimeout());
      return wire.exchange(".");
    } catch (IOException e) {
      throw SmtpLostException.afterMessage(e);
    }
  }

  /** Says goodbye, without insisting on an answer. */
  public void quit() {
    try {
      wire.patience(GOODBYE);
      wire.exchange("QUIT");
    } catch (IOException e) {
      // Nothing depends on it.
      return;
    } finally {
      close();
    }
  }

  /** Breaks the connection. */
  @Override
  public void close() {
    wire.close();
  }

  private void hello() throws IOException {
    SmtpReply reply = wire.exchange("EHLO " + name());
    if (reply.isPermanent()) {
      require(Stage.GREETING, wire.exchange("HELO " + name()));
      extensions = new SmtpExtensions(Map.of());
    } else {
      require(Stage.GREETING, reply);
      extensions = SmtpExtensions.of(reply);
    }
  }

  /** An address literal: the names of clients mean nothing (RFC 5321 section 4.1.4). */
  private String name() {
    InetAddress address = wire.socket().getLocalAddress();
    String text = address.getHostAddress().replaceAll("%.*", "");
    return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
  }

  private void startTls() throws IOException {
    if (!extensions.has("STARTTLS")) {
      throw new SmtpUntrustedException(
          "The mail server does not offer STARTTLS, and plain text is not wanted", null);
    }
    SmtpReply reply = wire.exchange("STARTTLS");
    if (!reply.isPositive()) {
      throw new SmtpUntrustedException("The mail server refuses STARTTLS: " + reply, null);
    }
    if (wire.hasUnread()) {
      throw new SmtpUntrustedException("Somebody sent plain text after STARTTLS", null);
    }
    wire.switchTo(secure(endpoint, wire.socket()));
  }

  private static Socket secure(SmtpEndpoint endpoint, Socket socket) throws IOException {
    try {
      return Sockets.secure(endpoint, socket);
    } catch (SSLException e) {
      if (isDistrust(e)) {
        throw new SmtpUntrustedException(
            "The mail server's certificate cannot be trusted: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private static boolean isDistrust(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static void require(Stage stage, SmtpReply reply) {
    if (!reply.isPositive()) {
      throw new SmtpRefusedException(stage, reply);
    }
  }
}
