package org.jmapproxy.mail.mdn;

import org.jmapproxy.core.error.SetError;

/** A notification cannot be sent; caught where it is drafted. */
final class RefusedMdnException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SetError error;

  RefusedMdnException(SetError error) {
    super(error.type(), null, false, false);
    this.error = error;
  }

  static RefusedMdnException property(String property, String problem) {
    return new RefusedMdnException(SetError.invalidProperty(property, problem));
  }

  static RefusedMdnException of(String type, String description) {
    return new RefusedMdnException(SetError.of(type, description));
  }

  SetError error() {
    return error;
  }
}
