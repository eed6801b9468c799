package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jmapproxy.core.id.Id;

/** Gives many ids to one statement: as a JSON array for {@code json_each(?)}. */
final class IdList {

  private IdList() {}

  /** Ids need no escaping. */
  static String json(Collection<Id> ids) {
    return ids.stream()
        .map(Id::value)
        .collect(
            Collectors.joining("\",\"", ids.isEmpty() ? "[" : "[\"", ids.isEmpty() ? "]" : "\"]"));
  }
}
