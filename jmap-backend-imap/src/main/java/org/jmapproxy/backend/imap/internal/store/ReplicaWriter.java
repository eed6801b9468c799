package org.jmapproxy.backend.imap.internal.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * Changes the replica. Each method is one transaction: after it returns all of it is stored and
 * visible, after it throws nothing is. Thread-safe; calls wait for one another.
 */
public interface ReplicaWriter {

  /**
   * Makes the folders what LIST told: new ones appear, renamed ones keep their Mailbox id, vanished
   * ones go with their messages if the round lets them.
   */
  Committed applyFolders(FolderRound round);

  /**
   * Applies what was found: arrivals of all folders, then flag changes, then departures, then
   * positions. A message that arrives in one folder and departs from another in the same call, or
   * that departs in a later call, stays the same Email.
   */
  Committed apply(List<FolderDelta> deltas);

  /** Applies what was found in one folder. */
  default Committed apply(FolderDelta delta) {
    return apply(List.of(delta));
  }

  /**
   * Says that the folder's UIDVALIDITY has changed: its UIDs mean nothing any more. Its messages
   * stay visible; as they arrive again under new UIDs they are recognised and keep their ids. The
   * position becomes {@link FolderPosition#unknown}. Must be followed by {@link #endReset} when the
   * folder has been read.
   */
  Committed beginReset(FolderKey folder);

  /** Says that the folder has been read anew: messages that did not arrive again are gone. */
  Committed endReset(FolderKey folder);

  /**
   * Forgets all mod-sequences of a folder whose server counts from a lower one again: what it tells
   * from now on is newer than what is known.
   */
  void forgetModSeqs(FolderKey folder);

  /**
   * Adds what the server says about messages known already, for servers that learn to.
   *
   * @param ids by UID
   */
  void addServerIds(FolderKey folder, Map<Long, ServerIds> ids);

  /** Sets a Mailbox's sort order, which IMAP cannot keep. Outlives the replica. */
  Committed setSortOrder(Id mailboxId, long sortOrder);

  /**
   * Sets a Mailbox's role where the server cannot keep it. Outlives the replica.
   *
   * @param role empty: no role, whatever the server says
   */
  Committed setRole(Id mailboxId, Optional<String> role);

  /**
   * Forgets tombstones older than the store keeps them and uploads that have expired. Meant to be
   * called now and then.
   */
  void tidy();
}
