package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;

/** The tables of Threads and of what connects messages to them. */
record ThreadTable(Session session) {

  /**
   * A Thread as it is stored.
   *
   * @param id the public id
   * @param createdSeq 0 if clients do not see it
   */
  record ThreadRow(Id id, long createdSeq) {}

  Optional<ThreadRow> find(long thread) throws SQLException {
    return session.first(
        "SELECT id, created_seq FROM replica_thread WHERE thread = ?",
        row -> new ThreadRow(Id.of(row.getString(1)), row.getLong(2)),
        thread);
  }

  boolean hasId(Id id) throws SQLException {
    return session.number("SELECT 1 FROM replica_thread WHERE id = ?", id.value()).isPresent();
  }

  OptionalLong withServerId(String serverId) throws SQLException {
    return session.number("SELECT thread FROM replica_thread WHERE server_id = ?", serverId);
  }

  boolean hasServerId(long thread) throws SQLException {
    return session
        .number("SELECT 1 FROM replica_thread WHERE thread = ? AND server_id IS NOT NULL", thread)
        .isPresent();
  }

  void setServerId(long thread, String serverId) throws SQLException {
    session.update(
        "UPDATE OR IGNORE replica_thread SET server_id = ? WHERE thread = ?", serverId, thread);
  }

  void insert(long thread, Id id, Optional<String> serverId) throws SQLException {
    session.update(
        "INSERT INTO replica_thread (thread, id, server_id) VALUES (?, ?, ?)",
        thread,
        id.value(),
        serverId.orElse(null));
  }

  void created(long thread, long seq) throws SQLException {
    session.update(
        "UPDATE replica_thread SET created_seq = ?, changed_seq = ? WHERE thread = ?",
        seq,
        seq,
        thread);
  }

  void changed(long thread, long seq) throws SQLException {
    session.update("UPDATE replica_thread SET changed_seq = ? WHERE thread = ?", seq, thread);
  }

  void hidden(long thread) throws SQLException {
    session.update(
        "UPDATE replica_thread SET created_seq = NULL, changed_seq = NULL WHERE thread = ?",
        thread);
  }

  void delete(long thread) throws SQLException {
    session.update("DELETE FROM replica_thread_key WHERE thread = ?", thread);
    session.update("DELETE FROM replica_thread WHERE thread = ?", thread);
  }

  OptionalLong withKey(long key) throws SQLException {
    return session.number("SELECT thread FROM replica_thread_key WHERE key = ?", key);
  }

  /** Adds what connects to a Thread, unless it connects to another one. */
  void addKeys(long thread, List<Long> keys) throws SQLException {
    for (long key : keys) {
      session.update(
          "INSERT OR IGNORE INTO replica_thread_key (key, thread) VALUES (?, ?)", key, thread);
    }
  }

  void moveKeys(long from, long to) throws SQLException {
    session.update("UPDATE replica_thread_key SET thread = ? WHERE thread = ?", to, from);
  }
}
