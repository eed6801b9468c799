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

  /** Where an entity lies in the message. */
  record Entity(HeaderBlock header, BodyPart part, int bodyStart, int bodyEnd) {}

  private final byte[] octets;
  private final HeaderBlock header;
  private final BodyPart structure;
  private final Map<String, Entity> leaves;

  ParsedMessage(byte[] octets, HeaderBlock header, BodyPart structure, Map<String, Entity> leaves) {
    this.octets = octets;
    this.header = header;
    this.structure = structure;
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
    return header;
  }

  /** The root part, with the ids that IMAP gives. */
  public BodyPart structure() {
    return structure;
  }

  /** The header of a part that is not multipart; empty if there is no such part. */
  public Optional<HeaderBlock> header(String partId) {
    return Optional.ofNullable(leaves.get(partId)).map(Entity::header);
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
