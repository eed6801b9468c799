package org.jmapproxy.mail.mime.parse;

import java.util.List;
import java.util.stream.Stream;
import org.jmapproxy.mail.mime.BodyPart;

/**
 * Where a part lies in the message.
 *
 * @param section the number in the whole message, as in IMAP's {@code BODY[2.1]}: also of parts of
 *     attached messages; empty for a multipart that is the message itself, and equal to the number
 *     of the attached message for one that is the body of an attached message
 * @param part its description; a multipart names its children, a message/rfc822 does not
 * @param header the header with the empty line that ends it
 * @param body the body as it is encoded, without the line break that belongs to the next boundary
 * @param decodedSize octets of the body after decoding, exactly
 * @param parts the children of a multipart; the message inside a message/rfc822; else none
 */
public record PartLayout(
    String section,
    BodyPart part,
    OctetRange header,
    OctetRange body,
    long decodedSize,
    List<PartLayout> parts) {

  /** Copies the list. */
  public PartLayout {
    parts = List.copyOf(parts);
  }

  /** Whether this is an attached message whose parts are known too. */
  public boolean isMessage() {
    return !part.isMultipart() && !parts.isEmpty();
  }

  /** This part and all below it, also inside attached messages, in the order of the message. */
  public Stream<PartLayout> all() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(PartLayout::all));
  }
}
