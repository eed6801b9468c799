package org.jmapproxy.server.accounts;

/** Another account already has this email address. */
public final class EmailTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmailTakenException(String message) {
    super(message);
  }
}
