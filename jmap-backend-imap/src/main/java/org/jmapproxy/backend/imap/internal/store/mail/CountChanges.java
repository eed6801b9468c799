package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/** Collects how the counts of Mailboxes change in one transaction. Not thread-safe. */
final class CountChanges {

  private final Map<Long, Counts> byFolder = new TreeMap<>();

  /** A Thread added so much before and adds so much now. */
  void replace(Map<Long, Counts> before, Map<Long, Counts> after) {
    after.forEach((folder, counts) -> byFolder.merge(folder, counts, Counts::plus));
    before.forEach(
        (folder, counts) -> byFolder.merge(folder, Counts.ZERO.minus(counts), Counts::plus));
  }

  /** Writes the differences into the folders that still exist. */
  void store(Session session, Counters counters) throws SQLException {
    for (Map.Entry<Long, Counts> change : byFolder.entrySet()) {
      Counts counts = change.getValue();
      if (!counts.equals(Counts.ZERO)) {
        session.update(
            "UPDATE replica_folder SET total_emails = total_emails + ?,"
                + " unread_emails = unread_emails + ?, total_threads = total_threads + ?,"
                + " unread_threads = unread_threads + ?, counts_seq = ? WHERE folder = ?",
            counts.totalEmails(),
            counts.unreadEmails(),
            counts.totalThreads(),
            counts.unreadThreads(),
            counters.next(ObjectType.MAILBOX),
            change.getKey());
      }
    }
    byFolder.clear();
  }

  /** Forgets a folder that is gone. */
  void forget(long folder) {
    byFolder.remove(folder);
  }
}
