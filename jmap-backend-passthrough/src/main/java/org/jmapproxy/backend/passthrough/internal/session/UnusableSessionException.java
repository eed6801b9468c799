package org.jmapproxy.backend.passthrough.internal.session;

import org.jmapproxy.core.error.BackendException;

/** What was found is no session, or one that we cannot use; the message says why. */
public final class UnusableSessionException extends BackendException {

  private static final long serialVersionUID = 1L;

  /** {@code message} says why. */
  public UnusableSessionException(String message) {
    super(Reason.UNAVAILABLE, message);
  }
}
