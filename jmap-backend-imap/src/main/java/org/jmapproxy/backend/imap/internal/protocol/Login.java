package org.jmapproxy.backend.imap.internal.protocol;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
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

  /** Ends a SASL exchange that asks for more than the mechanism has to say. */
  private static final String CANCEL = "*";

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
    Capabilities before = session.capabilities();
    StatusResponse answer;
    if (before.has("AUTH=PLAIN")) {
      answer = plain(session, credentials);
    } else if (!before.has("LOGINDISABLED")) {
      answer = login(session, credentials);
    } else if (before.has("AUTH=LOGIN")) {
      answer = saslLogin(session, credentials);
    } else {
      throw new ImapAuthenticationException(
          "The server takes no password over this connection",
          new ResponseCode("PRIVACYREQUIRED", ""));
    }
    if (!answer.isOk()) {
      throw refusal(answer);
    }
    if (answer.code().is("CAPABILITY")) {
      session.capabilities(Capabilities.parse(answer.code().arguments()));
    } else {
      session.execute(Command.named("CAPABILITY"));
    }
  }

  private static StatusResponse plain(ImapSession session, ImapCredentials credentials) {
    String response = base64("\0" + credentials.user() + "\0" + credentials.secret());
    boolean initial = session.capabilities().has("SASL-IR");
    Command command = Command.named("AUTHENTICATE PLAIN").confidential();
    if (initial) {
      command.space().raw(response);
    }
    return session.exchange(
        command, UntaggedHandler.NONE, challenge -> Optional.of(initial ? CANCEL : response));
  }

  private static StatusResponse login(ImapSession session, ImapCredentials credentials) {
    Command command =
        Command.named("LOGIN")
            .confidential()
            .string(credentials.user())
            .string(credentials.secret());
    return session.exchange(command, UntaggedHandler.NONE, ImapSession.NO_ANSWER);
  }

  private static StatusResponse saslLogin(ImapSession session, ImapCredentials credentials) {
    int[] asked = {0};
    return session.exchange(
        Command.named("AUTHENTICATE LOGIN").confidential(),
        UntaggedHandler.NONE,
        challenge ->
            Optional.of(
                switch (asked[0]++) {
                  case 0 -> base64(credentials.user());
                  case 1 -> base64(credentials.secret());
                  default -> CANCEL;
                }));
  }

  private static ImapException refusal(StatusResponse answer) {
    String message = "The server does not accept the login: " + answer.code() + " " + answer.text();
    return PASSING.contains(answer.code().name().toUpperCase(Locale.ROOT))
        ? new ImapRefusedException(message, answer.code())
        : new ImapAuthenticationException(message, answer.code());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
