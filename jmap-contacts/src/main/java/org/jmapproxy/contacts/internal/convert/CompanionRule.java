package org.jmapproxy.contacts.internal.convert;

import java.util.Optional;
import org.jmapproxy.contacts.internal.line.ContentLine;

/** How a property is read that adds to what another one has put into the card. */
interface CompanionRule {

  /**
   * Adds what a line says.
   *
   * @return the slot it went to; empty if it cannot be converted
   */
  Optional<String> read(ContentLine line, Reading reading);
}
