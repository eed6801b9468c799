package org.jmapproxy.mail.mime;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.mail.header.HeaderBlock;

/**
 * A raw message taken apart. Keeps the octets it was parsed from, and decodes the content of a part
 * when it is asked for. Immutable and safe for use by several threads, given that nobody changes
 * the array.
 */
public final class ParsedMessage {

  /** A part that is not multipart, and where its content lies in the message. */
  record Leaf(BodyPart part, int bodyStart, int bodyEnd) {}

  private final byte[] octets;
  private final Map<String, HeaderBlock> headers;
  private final BodyPart structure;
  private final Map<String, Leaf> leaves;

  ParsedMessage(
      byte[] octets,
      BodyPart structure,
      Map<String, HeaderBlock> headers,
      Map<String, Leaf> leaves) {
    this.octets = octets;
    this.structure = structure;
    this.headers = Map.copyOf(headers);
    this.leaves = Map.copyOf(leaves);
  }

  /**
   * Parses a message; never fails. Of a hostile one the first 100 levels and 10,000 parts count.
   *
   * @param message lines ended by CRLF or LF; not copied, so the caller must not change it later
   */
  public static ParsedMessage of(byte[] message) {
    return new MessageParser(message).parse();
  }

  /** The header of the message. */
  public HeaderBlock header() {
    return header("").orElseThrow();
  }

  /** The root part, with the ids that IMAP gives. */
  public BodyPart structure() {
    return structure;
  }

  /**
   * The header of a part; empty if there is no such part.
   *
   * @param section the part's id, or of a multipart the number that it has in IMAP; the empty
   *     string for the message itself
   */
  public Optional<HeaderBlock> header(String section) {
    return Optional.ofNullable(headers.get(section));
  }

  /** The decoded content of a part that is not multipart; empty if there is no such part. */
  public Optional<byte[]> content(String partId) {
    return Optional.ofNullable(leaves.get(partId))
        .map(
            leaf ->
                leaf.part()
                    .encoding()
                    .decode(Arrays.copyOfRange(octets, leaf.bodyStart(), leaf.bodyEnd())));
  }
}
