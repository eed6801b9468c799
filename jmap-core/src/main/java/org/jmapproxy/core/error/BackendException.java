package org.jmapproxy.core.error;

/**
 * What a backend throws when it cannot do what it was asked for. The engine maps it, in one place,
 * to the method error that the client sees; the message is shown to the client and must not contain
 * secrets.
 */
public class BackendException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why a backend failed; closed, because the engine decides by it. */
  public enum Reason {
    /** The server behind the backend does not answer. */
    UNAVAILABLE,
    /** The server behind the backend no longer accepts the credentials. */
    AUTHENTICATION_LOST,
    /** The server behind the backend asks to slow down. */
    RATE_LIMITED,
    /** The account is gone. */
    GONE,
    /** There is no room left. */
    OVER_QUOTA,
    /** A defect, or data that cannot be read. */
    BROKEN
  }

  private final Reason reason;

  /** A failure without an exception behind it. */
  public BackendException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure caused by another one. */
  public BackendException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
