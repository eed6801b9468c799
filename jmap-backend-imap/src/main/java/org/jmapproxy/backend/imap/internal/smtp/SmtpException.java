package org.jmapproxy.backend.imap.internal.smtp;

import org.jspecify.annotations.Nullable;

/** Something went wrong between us and a submission server; messages hold no secrets. */
public abstract sealed class SmtpException extends RuntimeException
    permits SmtpLostException, SmtpRefusedException, SmtpUntrustedException {

  private static final long serialVersionUID = 1L;

  SmtpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
