package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/**
 * Counts unread Threads of all Mailboxes anew: which folder is the trash matters to all of them.
 */
final class UnreadThreads {

  private final ReplicaTransaction tx;

  UnreadThreads(ReplicaTransaction tx) {
    this.tx = tx;
  }

  void recount() throws SQLException {
    Session session = tx.session();
    tx.counts().store(session, tx.counters());
    long trash = tx.trash();
    Map<Long, Long> counted = new HashMap<>();
    session.walk(
        "SELECT m.folder, count(DISTINCT m.thread) FROM replica_member m WHERE m.folder <> ?"
            + " AND m.thread IN (SELECT e.thread FROM replica_email e"
            + " JOIN replica_member x ON x.email = e.email WHERE "
            + Unread.CONDITION
            + " AND x.folder <> ?) GROUP BY m.folder",
        row -> counted.put(row.getLong(1), row.getLong(2)) == null,
        trash,
        trash);
    counted.put(
        trash,
        session
            .number(
                "SELECT count(DISTINCT m.thread) FROM replica_member m"
                    + " JOIN replica_email e ON e.email = m.email WHERE m.folder = ? AND "
                    + Unread.CONDITION,
                trash)
            .orElse(0));
    Map<Long, Counts> before = new HashMap<>();
    Map<Long, Counts> after = new HashMap<>();
    session.walk(
        "SELECT folder, unread_threads FROM replica_folder",
        row -> {
          long folder = row.getLong(1);
          before.put(folder, new Counts(0, 0, 0, row.getLong(2)));
          after.put(folder, new Counts(0, 0, 0, counted.getOrDefault(folder, 0L)));
          return true;
        });
    tx.counts().replace(before, after);
  }
}
