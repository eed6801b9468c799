package org.jmapproxy.mail.mime.parse;

/**
 * How much of a hostile message is understood. What is beyond stays readable as octets of the part
 * around it.
 *
 * @param depth how many multiparts and messages may lie in each other; the one beyond is {@code
 *     application/octet-stream}
 * @param parts how many parts are told apart; the last one takes the rest
 * @param contentFieldOctets octets of the Content fields of one header that are looked at
 * @param keptOctets octets of Content fields of all parts together; parts behind that have only
 *     their type and boundary
 */
public record ParseLimits(int depth, int parts, int contentFieldOctets, int keptOctets) {

  /** What the usual IMAP servers do: 100 levels, 10,000 parts. */
  public static final ParseLimits STANDARD = new ParseLimits(100, 10_000, 1 << 16, 8 << 20);

  /** Refuses limits that leave nothing. */
  public ParseLimits {
    if (depth < 1 || parts < 1 || contentFieldOctets < 1 || keptOctets < 0) {
      throw new IllegalArgumentException("Limits must be positive");
    }
  }
}
