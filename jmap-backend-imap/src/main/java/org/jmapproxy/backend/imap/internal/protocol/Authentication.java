package org.jmapproxy.backend.imap.internal.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;

/** Presents credentials in the best way that a server offers. Used once. */
final class Authentication {
  /** Ends a SASL exchange that asks for more than the mechanism has to say. */
  private static final String CANCEL = "*";

  private final ImapSession session;
  private final ImapCredentials credentials;

  Authentication(ImapSession session, ImapCredentials credentials) {
    this.session = session;
    this.credentials = credentials;
  }

  /**
   * What the server says to the credentials.
   *
   * @throws ImapAuthenticationException if it offers no way to present them
   */
  StatusResponse run() {
    return credentials.isBearer() ? token() : password();
  }

  private StatusResponse password() {
    Capabilities offered = session.capabilities();
    if (offered.has("AUTH=PLAIN")) {
      return sasl("PLAIN", "\0" + credentials.user() + "\0" + credentials.secret(), CANCEL);
    }
    if (!offered.has("LOGINDISABLED")) {
      return login();
    }
    if (offered.has("AUTH=LOGIN")) {
      return saslLogin();
    }
    throw new ImapAuthenticationException(
        "The server takes no password over this connection",
        new ResponseCode("PRIVACYREQUIRED", ""));
  }

  /** RFC 7628, or what was there before it. A refused token is explained, which wants an answer. */
  private StatusResponse token() {
    Capabilities offered = session.capabilities();
    String bearer = "\1auth=Bearer " + credentials.secret() + "\1\1";
    if (offered.has("AUTH=OAUTHBEARER")) {
      String host = session.endpoint().host();
      String where = "\1host=" + host + "\1port=" + session.endpoint().port();
      return sasl("OAUTHBEARER", "n,a=" + saslName() + "," + where + bearer, base64("\1"));
    }
    if (offered.has("AUTH=XOAUTH2")) {
      return sasl("XOAUTH2", "user=" + credentials.user() + bearer, "");
    }
    throw new ImapAuthenticationException(
        "The server takes no access token over this connection", ResponseCode.NONE);
  }

  /** A user name as RFC 5801 section 4 writes it. */
  private String saslName() {
    return credentials.user().replace("=", "=3D").replace(",", "=2C");
  }

  private StatusResponse sasl(String mechanism, String response, String further) {
    boolean initial = session.capabilities().has("SASL-IR");
    Command command = Command.named("AUTHENTICATE " + mechanism).confidential();
    if (initial) {
      command.space().raw(base64(response));
    }
    boolean[] said = {initial};
    return session.exchange(
        command,
        UntaggedHandler.NONE,
        challenge -> {
          boolean again = said[0];
          said[0] = true;
          return Optional.of(again ? further : base64(response));
        });
  }

  private StatusResponse login() {
    Command command =
        Command.named("LOGIN")
            .confidential()
            .string(credentials.user())
            .string(credentials.secret());
    return session.exchange(command, UntaggedHandler.NONE, ImapSession.NO_ANSWER);
  }

  private StatusResponse saslLogin() {
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

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
