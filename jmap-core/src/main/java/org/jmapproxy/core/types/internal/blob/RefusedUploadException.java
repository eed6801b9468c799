package org.jmapproxy.core.types.internal.blob;

import org.jmapproxy.core.error.SetError;

/** An UploadObject that cannot become a blob. */
final class RefusedUploadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SetError error;

  RefusedUploadException(SetError error) {
    super(error.type(), null, false, false);
    this.error = error;
  }

  SetError error() {
    return error;
  }
}
