package org.jmapproxy.backend.imap.internal.protocol.error;

import org.jspecify.annotations.Nullable;

/** There is no connection, or none any more. */
public final class ImapConnectionLostException extends ImapException {
  private static final long serialVersionUID = 1L;

  /** What broke. */
  public enum Reason {
    /** The host name does not resolve. */
    UNKNOWN_HOST,
    /** Nobody listens there, or the address may not be used. */
    REFUSED,
    /** No answer in time. */
    TIMEOUT,
    /** TLS cannot be had: not offered, certificate not trusted, handshake failed. */
    TLS,
    /** The peer talks, but not IMAP. */
    NOT_IMAP,
    /** The connection ended. */
    CLOSED
  }

  private final Reason reason;
  private final boolean outcomeUnknown;

  public ImapConnectionLostException(Reason reason, String message, @Nullable Throwable cause) {
    this(reason, message, cause, false);
  }

  private ImapConnectionLostException(
      Reason reason, String message, @Nullable Throwable cause, boolean outcomeUnknown) {
    super(message, cause);
    this.reason = reason;
    this.outcomeUnknown = outcomeUnknown;
  }

  /** The same loss, seen while the reply to a command was awaited. */
  public ImapConnectionLostException duringCommand() {
    return outcomeUnknown
        ? this
        : new ImapConnectionLostException(reason, String.valueOf(getMessage()), this, true);
  }

  public Reason reason() {
    return reason;
  }

  /** Whether a command had been sent whose effect is now unknown: the caller must find out. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }

  @Override
  public boolean closesConnection() {
    return true;
  }
}
