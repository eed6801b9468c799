package org.jmapproxy.mail.submission;

import java.util.Locale;

/** Whether a submission may be cancelled (RFC 8621 section 7). */
public enum UndoStatus {
  /** It may be possible. */
  PENDING,
  /** The message has been relayed. */
  FINAL,
  /** It was; nobody gets the message. */
  CANCELED;

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that name on the wire. */
  public static UndoStatus of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
