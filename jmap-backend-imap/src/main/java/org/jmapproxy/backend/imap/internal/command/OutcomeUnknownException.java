package org.jmapproxy.backend.imap.internal.command;

import org.jmapproxy.core.error.BackendException;

/** A command was sent, its answer was lost, and nobody can tell now what it has done. */
final class OutcomeUnknownException extends BackendException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(String message, Throwable cause) {
    super(Reason.UNAVAILABLE, message, cause);
  }
}
