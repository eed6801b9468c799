package org.jmapproxy.backend.passthrough.internal.http;

import org.jmapproxy.core.error.BackendException;

/**
 * The upstream was sent something and gave no usable answer: nobody knows whether it acted on it.
 */
public final class OutcomeUnknownException extends BackendException {

  private static final long serialVersionUID = 1L;

  private final boolean connectionBroke;

  OutcomeUnknownException(boolean connectionBroke, String message, Throwable cause) {
    super(Reason.UNAVAILABLE, message, cause);
    this.connectionBroke = connectionBroke;
  }

  /** An answer came, and cannot be understood. */
  public OutcomeUnknownException(String message) {
    super(Reason.UNAVAILABLE, message);
    connectionBroke = false;
  }

  /**
   * Whether the connection ended before an answer: it may have been one that the upstream had
   * closed at that moment, so that another attempt is worth it.
   */
  public boolean connectionBroke() {
    return connectionBroke;
  }
}
