package org.jmapproxy.backend.imap.internal.store;

import java.util.Optional;

/** Named texts that outlive the replica. A write is safe on disk when it returns. Thread-safe. */
public interface Notes {

  /** The text under a name. */
  Optional<String> find(String name);

  /** Writes a text under a name. */
  void put(String name, String text);

  /** Removes the text under a name, if there is one. */
  void remove(String name);
}
