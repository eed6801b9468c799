package org.jmapproxy.mail.charset;

/**
 * Decodes a transfer encoding as it arrives, piece by piece; gives the same octets wherever the
 * pieces are cut. Never fails. For one text, by one thread.
 */
public interface OctetDecoder {

  /** How much more than it was given a call may write: what was held back before. */
  int SPARE = 128;

  /**
   * Decodes a piece.
   *
   * @param in holds the piece
   * @param from where it begins
   * @param length how long it is
   * @param out must have room for {@code length} and {@link #SPARE}
   * @param at where to write
   * @return how many octets were written
   */
  int decode(byte[] in, int from, int length, byte[] out, int at);

  /**
   * Ends the text.
   *
   * @param out must have room for {@link #SPARE}
   * @param at where to write
   * @return how many octets were written
   */
  int finish(byte[] out, int at);
}
