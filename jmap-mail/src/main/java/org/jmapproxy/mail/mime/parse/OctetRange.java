package org.jmapproxy.mail.mime.parse;

/**
 * A stretch of a message.
 *
 * @param start the first octet, counted from 0 at the beginning of the message
 * @param end behind the last octet; never before {@code start}
 */
public record OctetRange(long start, long end) {

  /** Refuses ranges that end before they start. */
  public OctetRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("No range: " + start + " to " + end);
    }
  }

  /** How many octets it has. */
  public long length() {
    return end - start;
  }

  /** Whether all of another range lies in this one. */
  public boolean contains(OctetRange other) {
    return start <= other.start && other.end <= end;
  }
}
