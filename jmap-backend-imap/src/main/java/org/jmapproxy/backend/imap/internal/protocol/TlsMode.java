package org.jmapproxy.backend.imap.internal.protocol;

/** How a connection is protected. */
public enum TlsMode {
  /** Not at all (modes 0 and 1 of the management API). */
  PLAIN,
  /** TLS from the first byte (mode 2). */
  IMPLICIT,
  /** STARTTLS, and nothing without it (mode 3). */
  STARTTLS;

  /**
   * The mode that the management API writes as this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TlsMode of(int number) {
    return switch (number) {
      case 0, 1 -> PLAIN;
      case 2 -> IMPLICIT;
      case 3 -> STARTTLS;
      default -> throw new IllegalArgumentException("No TLS mode has the number " + number);
    };
  }
}
