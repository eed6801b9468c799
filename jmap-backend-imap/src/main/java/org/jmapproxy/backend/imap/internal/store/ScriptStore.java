package org.jmapproxy.backend.imap.internal.store;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.ChangesRole;

/**
 * Keeps the Sieve scripts that were last seen at their server, and the ids that were given to them.
 * They outlive the replica of mail. Thread-safe.
 */
public interface ScriptStore {

  /** All scripts, by name. */
  List<KeptScript> all();

  /** The text of a script that is kept now. */
  Optional<String> text(Id blobId);

  /**
   * Keeps what is at the server now instead of what was. A script keeps its id while it has its
   * name; one that vanished and one that appeared with the same text are the same if it is the only
   * such text.
   */
  Committed replace(List<SeenScript> seen);

  /** Tells clients what changed. */
  ChangesRole changes();

  /**
   * A script at the server.
   *
   * @param id if it is known which one it is
   * @param name unique in the account
   * @param text in full
   * @param runs whether the server runs it for each message
   * @param isActive whether clients see it as the active one
   */
  record SeenScript(Optional<Id> id, String name, String text, boolean runs, boolean isActive) {

    /** One that is kept already. */
    public static SeenScript of(KeptScript kept) {
      return new SeenScript(
          Optional.of(kept.id()), kept.name(), kept.text(), kept.runs(), kept.isActive());
    }
  }
}
