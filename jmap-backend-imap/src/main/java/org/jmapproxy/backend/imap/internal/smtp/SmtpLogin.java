package org.jmapproxy.backend.imap.internal.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException.Stage;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.Credentials.Scheme;

/** Presents credentials (RFC 4954), by the best mechanism that the server offers. */
final class SmtpLogin {

  private static final String SEPARATOR = "\u0001";

  private final SmtpWire wire;
  private final SmtpExtensions extensions;
  private final SmtpEndpoint endpoint;

  SmtpLogin(SmtpWire wire, SmtpExtensions extensions, SmtpEndpoint endpoint) {
    this.wire = wire;
    this.extensions = extensions;
    this.endpoint = endpoint;
  }

  /** Logs in, unless the server has no use for it. */
  void run(Credentials credentials) throws IOException {
    if (!extensions.has("AUTH")) {
      return;
    }
    SmtpReply reply =
        credentials.scheme() == Scheme.BEARER ? token(credentials) : password(credentials);
    if (!reply.isPositive() || reply.code() >= 300) {
      throw new SmtpRefusedException(Stage.LOGIN, reply);
    }
  }

  private SmtpReply password(Credentials credentials) throws IOException {
    if (extensions.hasLogin("PLAIN")) {
      return initial("AUTH PLAIN", "\0" + credentials.username() + "\0" + credentials.secret());
    }
    if (extensions.hasLogin("LOGIN")) {
      SmtpReply name = wire.exchange("AUTH LOGIN");
      if (name.code() != 334) {
        return name;
      }
      SmtpReply secret = wire.exchange(base64(credentials.username()));
      return secret.code() == 334 ? wire.exchange(base64(credentials.secret())) : secret;
    }
    throw noMechanism("password");
  }

  private SmtpReply token(Credentials credentials) throws IOException {
    String bearer = "auth=Bearer " + credentials.secret() + SEPARATOR + SEPARATOR;
    if (extensions.hasLogin("OAUTHBEARER")) {
      String identity = credentials.username().replace("=", "=3D").replace(",", "=2C");
      return initial(
          "AUTH OAUTHBEARER",
          "n,a="
              + identity
              + ","
              + SEPARATOR
              + "host="
              + endpoint.host()
              + SEPARATOR
              + "port="
              + endpoint.port()
              + SEPARATOR
              + bearer);
    }
    if (extensions.hasLogin("XOAUTH2")) {
      return initial("AUTH XOAUTH2", "user=" + credentials.username() + SEPARATOR + bearer);
    }
    throw noMechanism("access token");
  }

  /** A server that refuses a token explains itself first, and is to be answered (RFC 7628). */
  private SmtpReply initial(String command, String response) throws IOException {
    SmtpReply reply = wire.exchange(command + " " + base64(response));
    return reply.code() == 334 ? wire.exchange(refusalTaken(command)) : reply;
  }

  private static String refusalTaken(String command) {
    return command.endsWith("OAUTHBEARER") ? base64(SEPARATOR) : "";
  }

  private static SmtpRefusedException noMechanism(String secret) {
    return new SmtpRefusedException(
        Stage.LOGIN,
        SmtpReply.of(504, "5.5.4 The server does not take a " + secret + " on this connection"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
