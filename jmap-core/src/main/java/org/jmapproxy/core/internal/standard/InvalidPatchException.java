package org.jmapproxy.core.internal.standard;

/** A PatchObject breaks a rule of RFC 8620 section 5.3; answered as {@code invalidPatch}. */
final class InvalidPatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;

  InvalidPatchException(String problem) {
    super(problem, null, false, false);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
