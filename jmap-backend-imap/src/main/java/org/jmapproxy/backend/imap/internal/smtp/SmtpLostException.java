package org.jmapproxy.backend.imap.internal.smtp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** There is no connection, or no more: nothing, or nothing more, is known. */
public final class SmtpLostException extends SmtpException {

  private static final long serialVersionUID = 1L;

  private final boolean afterMessage;

  SmtpLostException(String message, IOException cause, boolean afterMessage) {
    super(message, cause);
    this.afterMessage = afterMessage;
  }

  static SmtpLostException of(IOException e) {
    return new SmtpLostException(describe(e), e, false);
  }

  static SmtpLostException afterMessage(IOException e) {
    return new SmtpLostException(describe(e), e, true);
  }

  /**
   * Whether the final dot may have reached the server, so that it may have taken the message.
   * Otherwise it has not.
   */
  public boolean isAfterMessage() {
    return afterMessage;
  }

  private static String describe(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return "The mail server did not answer in time";
    }
    if (e instanceof UnknownHostException) {
      return "The mail server's name is unknown";
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return "The mail server cannot be reached";
    }
    return "The connection to the mail server broke";
  }
}
