package org.jmapproxy.mail.submission;

import java.util.List;

/**
 * What SMTP is told about a message (RFC 8621 section 7).
 *
 * @param mailFrom where bounces go
 * @param rcptTo the recipients, each once
 */
public record Envelope(EnvelopeAddress mailFrom, List<EnvelopeAddress> rcptTo) {

  /** Copies the recipients. */
  public Envelope {
    rcptTo = List.copyOf(rcptTo);
  }
}
