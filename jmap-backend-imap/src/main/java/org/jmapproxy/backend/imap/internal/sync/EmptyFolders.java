package org.jmapproxy.backend.imap.internal.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/**
 * Folders without messages, on the server and here. STATUS (RFC 9051 section 6.3.11) tells all that
 * SELECT could tell of them, so they need no SELECT: accounts with thousands of them are common,
 * and a round trip for each is what a round over such an account would take its time for. What
 * arrives later betrays itself by UIDNEXT.
 */
final class EmptyFolders {
  private final Set<FolderKey> keys = new HashSet<>();
  private final List<FolderDelta> deltas = new ArrayList<>();

  private EmptyFolders() {}

  /**
   * Finds them.
   *
   * @param statuses what STATUS told a moment ago, by path
   */
  static EmptyFolders among(
      List<StoredFolder> folders, Map<String, MailboxStatus> statuses, ReplicaReader replica) {
    EmptyFolders empty = new EmptyFolders();
    Set<FolderKey> inhabited = replica.foldersWithCopies();
    for (StoredFolder folder : folders) {
      Optional<MailboxStatus> status = Optional.ofNullable(statuses.get(folder.path()));
      if (!inhabited.contains(folder.key())) {
        status
            .flatMap(now -> reached(folder, now))
            .ifPresent(position -> empty.add(folder, position));
      }
    }
    return empty;
  }

  private void add(StoredFolder folder, FolderPosition position) {
    keys.add(folder.key());
    if (!position.equals(folder.position())) {
      deltas.add(FolderDelta.of(folder.key()).withPosition(position));
    }
  }

  /** How far the replica is with that status; absent if the folder has to be looked at. */
  private static Optional<FolderPosition> reached(StoredFolder folder, MailboxStatus now) {
    FolderPosition before = folder.position();
    boolean isEmpty = now.messages().isPresent() && now.messages().getAsLong() == 0;
    long validity = now.uidValidity().orElse(0);
    boolean isSame = before.uidValidity() == 0 || before.uidValidity() == validity;
    if (!isEmpty || validity == 0 || !isSame || folder.isResetting() || now.uidNext().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FolderPosition(
            validity,
            Math.max(before.uidNext(), now.uidNext().getAsLong()),
            now.highestModSeq().orElse(0),
            1,
            0));
  }

  boolean contains(StoredFolder folder) {
    return keys.contains(folder.key());
  }

  /** What of this the replica does not know yet. */
  List<FolderDelta> deltas() {
    return List.copyOf(deltas);
  }
}
