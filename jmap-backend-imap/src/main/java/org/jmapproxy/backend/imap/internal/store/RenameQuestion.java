package org.jmapproxy.backend.imap.internal.store;

import java.time.Instant;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;

/**
 * A folder is not where it was, and where another or none was there is one with the same
 * UIDVALIDITY and no smaller UIDNEXT: it may have been renamed. The caller looks whether its
 * messages are there.
 *
 * @param folder the folder that is not where it was
 * @param newPath the path to look at
 * @param sample messages by UID that must all be found there; if they are, the caller adds the
 *     rename to its round
 */
public record RenameQuestion(FolderKey folder, String newPath, Map<Long, Look> sample) {

  /** Copies the map. */
  public RenameQuestion {
    sample = Map.copyOf(sample);
  }

  /**
   * What a message looks like.
   *
   * @param size RFC822.SIZE
   * @param internalDate INTERNALDATE
   */
  public record Look(long size, Instant internalDate) {}

  /** The UIDs of the sample. */
  public UidSet uids() {
    return UidSet.of(sample.keySet().stream().mapToLong(Long::longValue));
  }
}
