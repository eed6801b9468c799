package org.jmapproxy.contacts.internal.convert;

import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/** How the value of a property becomes members of an entry, and back. */
interface ValueRule {

  /**
   * Reads a value.
   *
   * @param line the line, with one value of its list
   * @param parameters what other rules have left of its parameters
   * @return whether the value can be converted
   */
  boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry);

  /**
   * Writes a value.
   *
   * @return whether the entry can be written in this way
   */
  boolean write(ObjectNode entry, LineDraft line, VCardVersion version);
}
