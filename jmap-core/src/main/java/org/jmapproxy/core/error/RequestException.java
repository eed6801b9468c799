package org.jmapproxy.core.error;

/** Carries a {@link RequestError} out of the parser or an entry point. */
public final class RequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient RequestError error;

  /** Wraps the error; the stack is not recorded, as the fault is the client's. */
  public RequestException(RequestError error) {
    super(error.type() + ": " + error.detail(), null, false, false);
    this.error = error;
  }

  /** What to answer. */
  public RequestError error() {
    return error;
  }
}
