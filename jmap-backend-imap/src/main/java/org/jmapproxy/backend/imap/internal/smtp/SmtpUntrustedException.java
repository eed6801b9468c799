package org.jmapproxy.backend.imap.internal.smtp;

import org.jspecify.annotations.Nullable;

/** The connection cannot be protected as the account's settings demand. */
public final class SmtpUntrustedException extends SmtpException {

  private static final long serialVersionUID = 1L;

  SmtpUntrustedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
