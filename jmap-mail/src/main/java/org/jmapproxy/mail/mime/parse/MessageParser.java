package org.jmapproxy.mail.mime.parse;

import java.io.InputStream;

/**
 * Finds the parts of a message in one pass. Any octets are a message: content never makes it fail.
 * Time is linear in the size of the message, memory does not depend on it. Thread-safe.
 */
@FunctionalInterface
public interface MessageParser {

  /**
   * Reads a message to its end.
   *
   * @param message the octets, with CRLF or LF; read in large pieces, not closed
   * @return where its parts lie, numbered as in IMAP
   * @throws java.io.UncheckedIOException if the stream fails
   */
  MessageLayout parse(InputStream message);

  /** A parser with {@link ParseLimits#STANDARD}. */
  static MessageParser standard() {
    return within(ParseLimits.STANDARD);
  }

  /** A parser with other limits. */
  static MessageParser within(ParseLimits limits) {
    return message -> new StructureWalk(message, limits).toEnd();
  }
}
