package org.jmapproxy.core.error;

/** Carries a {@link MethodError} to the dispatcher, which answers it. */
public final class MethodException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient MethodError error;

  /** Wraps the error; the stack is not recorded, as the fault is the client's. */
  public MethodException(MethodError error) {
    super(
        error.type() + error.description().map(text -> ": " + text).orElse(""), null, false, false);
    this.error = error;
  }

  /** What to answer. */
  public MethodError error() {
    return error;
  }
}
