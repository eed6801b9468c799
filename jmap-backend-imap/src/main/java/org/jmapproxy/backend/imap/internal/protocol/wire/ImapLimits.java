package org.jmapproxy.backend.imap.internal.protocol.wire;

/**
 * How much of a server's talk we are willing to hold.
 *
 * @param maxLine bytes of one response without its literals
 * @param maxLiteral bytes of one literal that is kept, unless a command names another bound; a
 *     longer one reads as NIL
 * @param maxSkippedLiteral bytes of a literal that is read and thrown away; beyond, the connection
 *     is given up
 * @param maxResponse bytes of one response in all
 * @param maxDepth nesting of parenthesised lists; a structure of 100 levels, as deep as servers go,
 *     has a few more
 * @param maxElements elements of one list, and responses of one kind to one command
 */
public record ImapLimits(
    int maxLine,
    int maxLiteral,
    long maxSkippedLiteral,
    int maxResponse,
    int maxDepth,
    int maxElements) {

  /** Wide enough for every mailbox met so far, narrow enough for a small heap. */
  public static final ImapLimits DEFAULT =
      new ImapLimits(16 << 20, 2 << 20, 64L << 20, 64 << 20, 128, 200_000);
}
