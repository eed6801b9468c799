package org.jmapproxy.contacts.internal.convert;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;
import tools.jackson.databind.node.ObjectNode;

/** How one vCard property is read (RFC 9555 section 2). */
interface PropertyRule {

  /**
   * Puts what a line says into the card.
   *
   * @return the slots it went to; none if it cannot be converted
   */
  List<String> read(ContentLine line, Reading reading);

  /**
   * What a line says about the object at its slot, for lines that say it in another language; empty
   * if it cannot be converted, or there are no such lines.
   */
  default Optional<ObjectNode> partial(ContentLine line, Reading reading) {
    return Optional.empty();
  }

  /** Whether lines in several languages need no ALTID to be about the same. */
  default boolean isSingle() {
    return false;
  }
}
