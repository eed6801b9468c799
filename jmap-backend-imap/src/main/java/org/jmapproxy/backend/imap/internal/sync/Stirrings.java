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

  /** No server has such names in earnest, and many of them would fill the memory. */
  private static final int LONGEST_NAME = 2000;

  private final Set<String> stirred = new HashSet<>();
  private final Map<String, MailboxStatus> told = new HashMap<>();
  private final Set<String> strangers = new HashSet<>();
  private boolean metStranger;

  /**
   * Something has happened in that mailbox.
   *
   * @return false if there are too many to remember: all are forgotten
   */
  synchronized boolean add(String mailbox) {
    return hasRoom(mailbox, stirred.size()) && (stirred.contains(mailbox) || stirred.add(mailbox));
  }

  /**
   * A mailbox is in that state now, which may be news.
   *
   * @return false if there are too many to remember: all are forgotten
   */
  synchronized boolean add(MailboxStatus status) {
    boolean hasRoom = hasRoom(status.name(), told.size());
    if (hasRoom) {
      told.put(status.name(), status);
    }
    return hasRoom;
  }

  private boolean hasRoom(String name, int names) {
    if (names >= MOST) {
      stirred.clear();
      told.clear();
    }
    return names < MOST && name.length() <= LONGEST_NAME;
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
      meetStrangers(paths, statuses.keySet(), folders);
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

  /**
   * Whether {@link #take} met a mailbox that is none of the folders, for the first time: it came
   * between the last listing and the watch. Forgets it.
   */
  synchronized boolean hasMetStranger() {
    boolean met = metStranger;
    metStranger = false;
    return met;
  }

  /** A name that no listing shows is worth one look, however often the server says it. */
  private void meetStrangers(Set<String> stirred, Set<String> told, List<StoredFolder> folders) {
    Set<String> strange = new HashSet<>(stirred);
    strange.addAll(told);
    folders.forEach(folder -> strange.remove(folder.path()));
    if (strangers.size() > MOST) {
      strangers.clear();
    }
    folders.forEach(folder -> strangers.remove(folder.path()));
    metStranger |= strangers.addAll(strange);
  }
}
