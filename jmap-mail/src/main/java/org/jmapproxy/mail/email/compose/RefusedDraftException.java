package org.jmapproxy.mail.email.compose;

import org.jmapproxy.core.error.SetError;

/**
 * Says why no message can be made of an Email; the stack is not recorded, as the fault is the
 * client's.
 */
public final class RefusedDraftException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SetError error;

  RefusedDraftException(SetError error) {
    super(error.type(), null, false, false);
    this.error = error;
  }

  static RefusedDraftException property(String property, String problem) {
    return new RefusedDraftException(SetError.invalidProperty(property, problem));
  }

  /** What to tell the client. */
  public SetError error() {
    return error;
  }
}
