package org.jmapproxy.contacts.internal.convert;

import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/** How a parameter becomes a member of an entry, and back (RFC 9555 section 2.3). */
interface ParameterRule {

  /** Takes the parameter, if it is there and makes sense. */
  void read(ParameterCursor parameters, ObjectNode entry);

  /** Sets the parameter, if the entry has the member. */
  void write(ObjectNode entry, LineDraft line, VCardVersion version);
}
