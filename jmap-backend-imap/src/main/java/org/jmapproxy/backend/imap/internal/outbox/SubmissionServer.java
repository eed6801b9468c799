package org.jmapproxy.backend.imap.internal.outbox;

import org.jmapproxy.backend.imap.internal.connect.RefusedSecret;
import org.jmapproxy.backend.imap.internal.smtp.SmtpConnection;
import org.jmapproxy.backend.imap.internal.smtp.SmtpEndpoint;
import org.jmapproxy.backend.imap.internal.smtp.SmtpException;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException.Stage;
import org.jmapproxy.core.backend.Credentials;

/**
 * An account's submission server. Does not present a secret again that it has refused: servers lock
 * accounts for that. Thread-safe.
 *
 * @param endpoint where it is
 * @param credentials what to log in with, asked anew each time
 * @param refused what not to try again
 */
public record SubmissionServer(
    SmtpEndpoint endpoint, Credentials credentials, RefusedSecret refused) {

  /**
   * Connects.
   *
   * @throws SmtpException when there is no connection
   */
  SmtpConnection connect() {
    return SmtpConnection.connect(endpoint);
  }

  /**
   * Logs in.
   *
   * @throws SmtpException when the server refuses
   */
  void begin(SmtpConnection connection) {
    String secret = credentials.secret();
    if (refused.isKnown(secret)) {
      throw SmtpRefusedException.knownSecret();
    }
    try {
      connection.begin(credentials);
      refused.forget();
    } catch (SmtpRefusedException e) {
      if (e.stage() == Stage.LOGIN && e.reply().isPermanent()) {
        refused.refused(secret);
      }
      throw e;
    }
  }
}
