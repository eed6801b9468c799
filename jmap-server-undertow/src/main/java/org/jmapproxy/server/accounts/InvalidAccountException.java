package org.jmapproxy.server.accounts;

/** Settings of an account that cannot be accepted; the message says which and why. */
public final class InvalidAccountException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** {@code message} says which field and why. */
  public InvalidAccountException(String message) {
    super(message);
  }
}
