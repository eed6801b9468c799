package org.jmapproxy.backend.imap.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.ChangesRole;

/**
 * Keeps submissions. What is written is safe on the disk when a method returns, and outlives the
 * replica. Thread-safe.
 */
public interface OutboxStore {

  /** An id for a new submission. */
  Id newId();

  /** Adds a submission. */
  Committed add(OutboxEntry entry);

  /** A submission. */
  Optional<OutboxEntry> find(Id id);

  /** The submissions of messages with a Message-ID, the newest first. */
  List<OutboxEntry> withMessageId(String messageId);

  /** Whether there are none at all. */
  boolean isEmpty();

  /** All submissions, also those that clients do not see. */
  List<OutboxEntry> all();

  /** The submissions that have something left to do, those that wait longest first. */
  List<OutboxEntry> open();

  /**
   * Changes a submission as it stands at that moment; nobody else changes it meanwhile.
   *
   * @param change the same object if there is nothing to change; must be quick
   * @return what it became; empty when it is gone
   */
  Optional<Changed> change(Id id, UnaryOperator<OutboxEntry> change);

  /** Removes a submission, if it is there. */
  Committed remove(Id id);

  /** Removes what is done and older than this. */
  Committed removeDone(Instant before);

  /** Tells clients what changed. */
  ChangesRole changes();

  /**
   * A submission was changed.
   *
   * @param entry as it is now
   * @param committed what to tell clients
   */
  record Changed(OutboxEntry entry, Committed committed) {}
}
