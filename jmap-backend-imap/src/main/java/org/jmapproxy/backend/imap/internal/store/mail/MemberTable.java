package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/** The table that says which visible Emails are in which folder. */
record MemberTable(Session session) {

  /** Makes the rows of an Email what they should be. */
  void change(EmailUnit unit, Set<Long> after) throws SQLException {
    Set<Long> before = unit.foldersBefore();
    long receivedAt = unit.before().receivedAt();
    for (long folder : before) {
      if (!after.contains(folder)) {
        session.update(
            "DELETE FROM replica_member WHERE folder = ? AND received_at = ? AND email = ?",
            folder,
            receivedAt,
            unit.key());
      }
    }
    for (long folder : after) {
      if (!before.contains(folder)) {
        session.update(
            "INSERT INTO replica_member (folder, received_at, email, thread) VALUES (?, ?, ?, ?)",
            folder,
            receivedAt,
            unit.key(),
            unit.thread());
      }
    }
    if (unit.threadChanged()) {
      session.update(
          "UPDATE replica_member SET thread = ? WHERE email = ?", unit.thread(), unit.key());
    }
  }
}
