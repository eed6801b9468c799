package org.jmapproxy.backend.imap.internal.smtp;

/**
 * What a server must be able to take to be given a message.
 *
 * @param size octets, with CRLF
 * @param eightBitHeader whether the header has octets beyond ASCII
 * @param eightBitBody whether the body has
 * @param hasLongLines whether a line is longer than the 998 octets of RFC 5322
 * @param hasNul whether there is a NUL
 */
public record MessageTraits(
    long size, boolean eightBitHeader, boolean eightBitBody, boolean hasLongLines, boolean hasNul) {

  /** Whether it is for servers that take 8-bit octets. */
  public boolean isEightBit() {
    return eightBitHeader || eightBitBody;
  }
}
