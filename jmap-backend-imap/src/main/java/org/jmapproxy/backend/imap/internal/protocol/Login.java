package org.jmapproxy.backend.imap.internal.protocol;

import java.io.IOException;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ConnectionLoss;

/** From a host name to an authenticated session. */
final class Login {
  /** Codes that blame the moment, not the password (RFC 5530). */
  private static final Set<String> PASSING =
      Set.of("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN");

  private final ImapEndpoint endpoint;

  Login(ImapEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Connects, secures and authenticates.
   *
   * @throws ImapException if any of it fails; nothing is left open then
   */
  ImapSession open(ImapCredentials credentials) {
    ImapSession session = connect();
    try {
      greet(session);
      if (endpoint.tls() == TlsMode.STARTTLS) {
        startTls(session);
      }
      authenticate(session, credentials);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private ImapSession connect() {
    Socket socket = null;
    try {
      socket = Sockets.connect(endpoint);
      Socket usable =
          endpoint.tls() == TlsMode.IMPLICIT ? Sockets.secure(endpoint, socket) : socket;
      return new ImapSession(endpoint, socket, usable);
    } catch (IOException e) {
      closeQuietly(socket, e);
      throw ConnectionLoss.of(e);
    }
  }

  private static void closeQuietly(
      @org.jspecify.annotations.Nullable Socket socket, IOException e) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
    }
  }

  private void greet(ImapSession session) {
    StatusResponse greeting = session.greeting();
    if (greeting.status().equals("PREAUTH")) {
      throw new ImapAuthenticationException(
          "The server claims that the user is known already, so the password cannot be checked",
          ResponseCode.NONE);
    }
    if (greeting.code().is("CAPABILITY")) {
      session.capabilities(Capabilities.parse(greeting.code().arguments()));
    } else {
      session.execute(Command.named("CAPABILITY"));
    }
  }

  private void startTls(ImapSession session) {
    if (!session.capabilities().has("STARTTLS")) {
      throw new ImapConnectionLostException(
          Reason.TLS, "The server does not offer STARTTLS, and plain text is not wanted", null);
    }
    StatusResponse answer =
        session.exchange(Command.named("STARTTLS"), UntaggedHandler.NONE, ImapSession.NO_ANSWER);
    if (!answer.isOk()) {
      throw new ImapConnectionLostException(
          Reason.TLS, "The server refuses STARTTLS: " + answer.text(), null);
    }
    if (session.reader().hasBufferedBytes()) {
      throw new ImapConnectionLostException(
          Reason.TLS, "Somebody sent plain text after STARTTLS", null);
    }
    try {
      session.switchTo(Sockets.secure(endpoint, session.socket()));
    } catch (IOException e) {
      throw ConnectionLoss.of(e);
    }
    session.capabilities(Capabilities.NONE);
    session.execute(Command.named("CAPABILITY"));
  }

  private void authenticate(ImapSession session, ImapCredentials credentials) {
    StatusResponse answer = new Authentication(session, credentials).run();
    if (!answer.isOk()) {
      throw refusal(answer);
    }
    if (answer.code().is("CAPABILITY")) {
      session.capabilities(Capabilities.parse(answer.code().arguments()));
    } else {
      session.execute(Command.named("CAPABILITY"));
    }
  }

  private static ImapException refusal(StatusResponse answer) {
    String message = "The server does not accept the login: " + answer.code() + " " + answer.text();
    return PASSING.contains(answer.code().name().toUpperCase(Locale.ROOT))
        ? new ImapRefusedException(message, answer.code())
        : new ImapAuthenticationException(message, answer.code());
  }
}
