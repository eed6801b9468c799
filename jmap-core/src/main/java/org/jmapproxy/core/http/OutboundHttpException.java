package org.jmapproxy.core.http;

/** No response came, or not all of it. Messages name at most the host. */
public final class OutboundHttpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why there is no response. */
  public enum Reason {
    /** The address is one that may not be connected to. */
    FORBIDDEN,
    /** The host's name has no address. */
    UNKNOWN_HOST,
    /** No connection to the host could be made; nothing was sent. */
    UNREACHABLE,
    /** TLS failed, or the certificate is not the host's; nothing was sent. */
    UNTRUSTED,
    /** It took too long; the request may have been acted on. */
    TIMED_OUT,
    /** The response is larger than allowed. */
    TOO_LARGE,
    /** The connection broke or brought nonsense; the request may have been acted on. */
    BROKEN,
    /** The client was closed or the waiting thread interrupted. */
    ENDED
  }

  private final Reason reason;

  /** A failure without an exception behind it. */
  public OutboundHttpException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure caused by another one. */
  public OutboundHttpException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
