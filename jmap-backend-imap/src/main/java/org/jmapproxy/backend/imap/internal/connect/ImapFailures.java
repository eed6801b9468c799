package org.jmapproxy.backend.imap.internal.connect;

import org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException;
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
    if (failure instanceof ImapAuthenticationException) {
      return Reason.AUTHENTICATION_LOST;
    }
    if (failure.code().is("OVERQUOTA")) {
      return Reason.OVER_QUOTA;
    }
    if (failure.code().is("LIMIT")) {
      return Reason.RATE_LIMITED;
    }
    return Reason.UNAVAILABLE;
  }
}
