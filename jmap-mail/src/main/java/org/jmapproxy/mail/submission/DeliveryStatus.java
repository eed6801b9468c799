package org.jmapproxy.mail.submission;

import java.util.Locale;

/**
 * What became of a message for one recipient (RFC 8621 section 7).
 *
 * @param smtpReply the last reply of a server, in one line
 * @param delivered whether the message is with the recipient
 * @param displayed whether the recipient's system claims to have shown it
 */
public record DeliveryStatus(String smtpReply, Delivered delivered, boolean displayed) {

  /** Whether a message is with the recipient. */
  public enum Delivered {
    /** It still waits here. */
    QUEUED,
    /** It is in the recipient's mail store. */
    YES,
    /** It will never be. */
    NO,
    /** It was handed on, and nothing more is known. */
    UNKNOWN;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A status of a recipient whose system has claimed nothing. */
  public DeliveryStatus(String smtpReply, Delivered delivered) {
    this(smtpReply, delivered, false);
  }
}
