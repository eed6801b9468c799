package org.jmapproxy.mail.submission;

import org.jmapproxy.core.error.SetError;

/** A submission breaks a rule; caught where it is decoded. */
final class RefusedSubmissionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SetError error;

  RefusedSubmissionException(SetError error) {
    super(error.type(), null, false, false);
    this.error = error;
  }

  RefusedSubmissionException(String type, String description) {
    this(SetError.of(type, description));
  }

  SetError error() {
    return error;
  }
}
