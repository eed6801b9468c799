package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;

/** The table of lives that have ended. */
record PastTable(Session session, Instant now) {

  /** An id that had a life is not given again. */
  boolean knows(ObjectType type, String id) throws SQLException {
    return session
        .number("SELECT 1 FROM replica_past WHERE type = ? AND id = ? LIMIT 1", type.code(), id)
        .isPresent();
  }

  void insert(ObjectType type, Id id, long createdSeq, long destroyedSeq) throws SQLException {
    insert(type, id, createdSeq, destroyedSeq, Optional.empty(), Optional.empty());
  }

  void insertEmail(Id id, long createdSeq, long destroyedSeq, String threadId, String mailboxIds)
      throws SQLException {
    insert(
        ObjectType.EMAIL,
        id,
        createdSeq,
        destroyedSeq,
        Optional.of(threadId),
        Optional.of(mailboxIds));
  }

  private void insert(
      ObjectType type,
      Id id,
      long createdSeq,
      long destroyedSeq,
      Optional<String> threadId,
      Optional<String> mailboxIds)
      throws SQLException {
    session.update(
        "INSERT INTO replica_past (type, destroyed_seq, id, created_seq, destroyed_at, thread_id,"
            + " mailbox_ids) VALUES (?, ?, ?, ?, ?, ?, ?)",
        type.code(),
        destroyedSeq,
        id.value(),
        createdSeq,
        now.toEpochMilli(),
        threadId.orElse(null),
        mailboxIds.orElse(null));
  }
}
