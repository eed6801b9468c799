package org.jmapproxy.backend.imap.internal.connect;

import org.jmapproxy.backend.imap.internal.protocol.error.FailureKind;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/** What a failure on a connection means for the caller of a role. */
public final class ImapFailures {
  private ImapFailures() {}

  /** The failure in the vocabulary of core. */
  public static BackendException toBackend(ImapException failure) {
    return new BackendException(reason(failure), String.valueOf(failure.getMessage()), failure);
  }

  private static Reason reason(ImapException failure) {
    return switch (FailureKind.of(failure)) {
      case CREDENTIALS -> Reason.AUTHENTICATION_LOST;
      case OVER_QUOTA -> Reason.OVER_QUOTA;
      case RATE_LIMITED -> Reason.RATE_LIMITED;
      default -> Reason.UNAVAILABLE;
    };
  }
}
