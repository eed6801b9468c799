package org.jmapproxy.core.changes;

import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;

/**
 * Something that happened to an object.
 *
 * @param kind what
 * @param id to which object
 * @param properties of an update the properties that changed, if it is known
 */
record Event(Kind kind, Id id, Optional<Set<String>> properties) {

  enum Kind {
    CREATED,
    UPDATED,
    DESTROYED
  }
}
