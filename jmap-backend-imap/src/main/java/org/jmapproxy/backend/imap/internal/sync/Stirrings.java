package org.jmapproxy.backend.imap.internal.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/** In which folders something may have happened, as heard since the last look. Thread-safe. */
final class Stirrings {
  /** Beyond that many names a round over everything is less work. */
  private static final int MOST = 10_000;

  private final Set<String> stirred = new HashSet<>();
  private final Map<String, MailboxStatus> told = new HashMap<>();

  /**
   * Something has happened in that mailbox.
   *
   * @return false if there are too many to remember
   */
  synchronized boolean add(String mailbox) {
    return stirred.size() < MOST && (stirred.add(mailbox) || stirred.contains(mailbox));
  }

  /**
   * A mailbox is in that state now, which may be news.
   *
   * @return false if there are too many to remember
   */
  synchronized boolean add(MailboxStatus status) {
    told.put(status.name(), status);
    return told.size() < MOST;
  }

  /** The folders among these that should be looked at, and forgets what was heard. */
  List<StoredFolder> take(List<StoredFolder> folders) {
    Set<String> paths;
    Map<String, MailboxStatus> statuses;
    synchronized (this) {
      paths = Set.copyOf(stirred);
      statuses = Map.copyOf(told);
      stirred.clear();
      told.clear();
    }
    return folders.stream()
        .filter(folder -> folder.holdsMessages() && folder.position().uidValidity() != 0)
        .filter(
            folder ->
                paths.contains(folder.path())
                    || Optional.ofNullable(statuses.get(folder.path()))
                        .map(status -> News.isIn(folder, status))
                        .orElse(false))
        .toList();
  }
}
