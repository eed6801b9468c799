package org.jmapproxy.backend.imap.internal.sieve;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something went wrong between us and a ManageSieve server; messages hold no secrets. */
public final class SieveException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  enum Kind {
    /** There is no connection, or no more. */
    LOST,
    /** The credentials were not taken. */
    LOGIN,
    /** A command was refused; the connection goes on. */
    REFUSED
  }

  private final Kind kind;
  private final Optional<String> code;

  private SieveException(
      Kind kind, Optional<String> code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }

  static SieveException lost(Exception cause) {
    return new SieveException(
        Kind.LOST, Optional.empty(), "The connection to the Sieve server broke", cause);
  }

  static SieveException refused(SieveReply reply) {
    Kind kind = reply.status() == SieveReply.Status.BYE ? Kind.LOST : Kind.REFUSED;
    return new SieveException(
        kind,
        reply.code(),
        reply.text().isEmpty() ? "The Sieve server refused" : reply.text(),
        null);
  }

  static SieveException login(String text) {
    return new SieveException(Kind.LOGIN, Optional.empty(), text, null);
  }

  Kind kind() {
    return kind;
  }

  /** Whether the refusal carries a response code (RFC 5804 section 1.3) or one below it. */
  boolean hasCode(String name) {
    return code.filter(own -> own.equals(name) || own.startsWith(name + "/")).isPresent();
  }
}
