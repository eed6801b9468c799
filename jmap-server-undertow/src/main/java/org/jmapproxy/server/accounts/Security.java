package org.jmapproxy.server.accounts;

import java.util.Optional;

/** How a connection to a mail server is protected, with the numbers of the management API. */
public enum Security {
  /** No encryption: 0, and 1 as older set-ups write it. */
  PLAIN(0),
  /** TLS from the first byte: 2. */
  TLS(2),
  /** TLS after the STARTTLS command: 3. */
  STARTTLS(3);

  private final int code;

  Security(int code) {
    this.code = code;
  }

  /** The number in the management API. */
  public int code() {
    return code;
  }

  /** The meaning of a number, empty if it has none. */
  public static Optional<Security> ofCode(long code) {
    if (code == 0 || code == 1) {
      return Optional.of(PLAIN);
    }
    if (code == 2) {
      return Optional.of(TLS);
    }
    return code == 3 ? Optional.of(STARTTLS) : Optional.empty();
  }
}
