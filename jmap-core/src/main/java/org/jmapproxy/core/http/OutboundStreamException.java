package org.jmapproxy.core.http;

import java.io.IOException;

/** The content of a response cannot be read to its end. */
public final class OutboundStreamException extends IOException {

  private static final long serialVersionUID = 1L;

  private final OutboundHttpException.Reason reason;

  /** A failure without an exception behind it. */
  public OutboundStreamException(OutboundHttpException.Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure caused by another one. */
  public OutboundStreamException(
      OutboundHttpException.Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public OutboundHttpException.Reason reason() {
    return reason;
  }
}
