package org.jmapproxy.mail.mime.parse;

import java.util.Optional;
import java.util.stream.Stream;
import org.jmapproxy.mail.mime.BodyPart;

/**
 * The parts of a message and where they lie in it. Immutable.
 *
 * @param root the message itself
 * @param size octets of the message
 */
public record MessageLayout(PartLayout root, long size) {

  /** The tree as JMAP's {@code bodyStructure}, with the ids that IMAP's BODYSTRUCTURE gives. */
  public BodyPart structure() {
    return root.part();
  }

  /**
   * Finds a part that is not multipart, also inside attached messages.
   *
   * @param partId its number, such as {@code 2.1}
   */
  public Optional<PartLayout> find(String partId) {
    return all()
        .filter(layout -> layout.part().partId().filter(partId::equals).isPresent())
        .findFirst();
  }

  /** All parts, also inside attached messages, in the order of the message. */
  public Stream<PartLayout> all() {
    return root.all();
  }
}
