package org.jmapproxy.mail.header;

/**
 * One header field as it stands in a message.
 *
 * @param name the field name with the capitalisation of the message
 * @param value the value in Raw form (RFC 8621 section 4.1.2.1): from the octet after the colon up
 *     to the terminating line break; folds kept, NUL dropped, octets that are not UTF-8 read as
 *     U+FFFD
 * @param parseable what the parsed forms read: the same, but a value that is not UTF-8 reads as
 *     windows-1252, so that old 8-bit mail stays legible
 */
public record HeaderField(String name, String value, String parseable) {

  /**
   * A field whose value is text already.
   *
   * @param name the field name
   * @param value the value in Raw form
   */
  public HeaderField(String name, String value) {
    this(name, value, value);
  }
}
