package org.jmapproxy.mail.testkit;

import java.util.List;

/**
 * A message that has left.
 *
 * @param mailFrom the return path; empty for none
 * @param rcptTo the recipients
 * @param message as it went over the wire
 */
public record SentMessage(String mailFrom, List<String> rcptTo, String message) {

  /** Copies the recipients. */
  public SentMessage {
    rcptTo = List.copyOf(rcptTo);
  }
}
