package org.jmapproxy.backend.imap.internal.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/**
 * Removes messages for good. Where UID EXPUNGE is missing, EXPUNGE would also remove what others
 * have marked; then the mark alone must do, which hides a message from clients as well.
 */
final class RemoveMessages {
  private static final int MOST_AT_ONCE = 1000;

  private final Desk desk;
  private final Deltas deltas;
  private final Map<FolderKey, UidSet.Builder> doomed = new LinkedHashMap<>();

  RemoveMessages(Desk desk, Deltas deltas) {
    this.desk = desk;
    this.deltas = deltas;
  }

  void add(MessageCopy copy) {
    add(copy.folder(), copy.uid());
  }

  void add(FolderKey folder, long uid) {
    doomed.computeIfAbsent(folder, key -> UidSet.builder()).add(uid);
  }

  void run(Map<FolderKey, StoredFolder> folders, Instant deadline) {
    doomed.forEach(
        (key, uids) -> {
          StoredFolder folder = folders.get(key);
          if (folder != null) {
            desk.onFolder(
                folder,
                deadline,
                link -> {
                  uids.build().chunks(MOST_AT_ONCE).forEach(chunk -> remove(link, key, chunk));
                  return key;
                });
          }
        });
  }

  private void remove(Link link, FolderKey folder, UidSet uids) {
    deltas.begin();
    link.imap()
        .messages()
        .store(uids, StoreMode.ADD, Set.of(FlagNames.DELETED))
        .updates()
        .forEach(message -> deltas.flags(folder, message));
    if (link.imap().capabilities().hasUidPlus()) {
      link.imap().messages().expunge(uids);
      deltas.departures(folder, uids);
    } else if (link.imap()
        .messages()
        .search(SearchCriteria.all().deleted(true))
        .minus(uids)
        .isEmpty()) {
      link.imap().messages().expungeAll();
      deltas.departures(folder, uids);
    }
  }
}
