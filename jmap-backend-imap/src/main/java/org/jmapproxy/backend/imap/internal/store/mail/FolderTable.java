package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.backend.imap.internal.store.mail.FolderRow.FolderLook;
import org.jmapproxy.core.id.Id;

/** The table of folders. */
record FolderTable(Session session) {

  private static final String SELECT =
      "SELECT folder, mailbox_id, path, parent, name, role, sort_order, selectable, subscribed,"
          + " rights, server_mailbox_id, guid, uid_validity, uid_next, highest_modseq,"
          + " fetched_down_to, server_messages, resetting, created_seq, label FROM replica_folder";

  List<FolderRow> all() throws SQLException {
    return session.list(SELECT + " ORDER BY path", FolderTable::row);
  }

  Optional<FolderRow> find(long folder) throws SQLException {
    return session.first(SELECT + " WHERE folder = ?", FolderTable::row, folder);
  }

  Optional<FolderRow> withMailboxId(Id mailboxId) throws SQLException {
    return session.first(SELECT + " WHERE mailbox_id = ?", FolderTable::row, mailboxId.value());
  }

  boolean hasMailboxId(Id id) throws SQLException {
    return session
        .number("SELECT 1 FROM replica_folder WHERE mailbox_id = ?", id.value())
        .isPresent();
  }

  void insert(long folder, Id mailboxId, String path, long seq) throws SQLException {
    session.update(
        "INSERT INTO replica_folder (folder, mailbox_id, path, name, sort_order, selectable,"
            + " subscribed, rights, created_seq, counts_seq, other_seq)"
            + " VALUES (?, ?, ?, '', 0, 0, 0, 0, ?, ?, ?)",
        folder,
        mailboxId.value(),
        path,
        seq,
        seq,
        seq);
  }

  void setPath(long folder, String path) throws SQLException {
    session.update("UPDATE replica_folder SET path = ? WHERE folder = ?", path, folder);
  }

  void setLook(long folder, FolderLook look) throws SQLException {
    session.update(
        "UPDATE replica_folder SET path = ?, parent = ?, name = ?, role = ?, sort_order = ?,"
            + " selectable = ?, subscribed = ?, rights = ? WHERE folder = ?",
        look.path(),
        look.parent() == 0 ? null : (Long) look.parent(),
        look.name(),
        look.role().orElse(null),
        look.sortOrder(),
        look.isSelectable(),
        look.isSubscribed(),
        look.rights(),
        folder);
  }

  void clearRole(long folder) throws SQLException {
    session.update("UPDATE replica_folder SET role = NULL WHERE folder = ?", folder);
  }

  void setLabel(long folder, Optional<String> label) throws SQLException {
    session.update(
        "UPDATE replica_folder SET label = ? WHERE folder = ?", label.orElse(null), folder);
  }

  void setOtherSeq(long folder, long seq) throws SQLException {
    session.update("UPDATE replica_folder SET other_seq = ? WHERE folder = ?", seq, folder);
  }

  /** Writes evidence down; what is not known now stays as it was. */
  void setEvidence(long folder, Optional<String> mailboxId, Optional<String> guid)
      throws SQLException {
    session.update(
        "UPDATE replica_folder SET server_mailbox_id = coalesce(?, server_mailbox_id),"
            + " guid = coalesce(?, guid) WHERE folder = ?",
        mailboxId.orElse(null),
        guid.orElse(null),
        folder);
  }

  void setPosition(long folder, FolderPosition position) throws SQLException {
    session.update(
        "UPDATE replica_folder SET uid_validity = ?, uid_next = ?, highest_modseq = ?,"
            + " fetched_down_to = ?, server_messages = ? WHERE folder = ?",
        position.uidValidity(),
        position.uidNext(),
        position.highestModSeq(),
        position.fetchedDownTo(),
        position.serverMessages(),
        folder);
  }

  void setResetting(long folder, boolean isResetting) throws SQLException {
    session.update("UPDATE replica_folder SET resetting = ? WHERE folder = ?", isResetting, folder);
  }

  void delete(long folder) throws SQLException {
    session.update("DELETE FROM replica_folder WHERE folder = ?", folder);
  }

  private static FolderRow row(ResultSet row) throws SQLException {
    FolderLook look =
        new FolderLook(
            row.getString(3),
            row.getLong(4),
            row.getString(5),
            Optional.ofNullable(row.getString(6)),
            row.getLong(7),
            row.getBoolean(8),
            row.getBoolean(9),
            row.getInt(10));
    FolderPosition position =
        new FolderPosition(
            row.getLong(13), row.getLong(14), row.getLong(15), row.getLong(16), row.getLong(17));
    return new FolderRow(
        row.getLong(1),
        Id.of(row.getString(2)),
        look,
        Optional.ofNullable(row.getString(11)),
        Optional.ofNullable(row.getString(12)),
        position,
        row.getBoolean(18),
        row.getLong(19),
        Optional.ofNullable(row.getString(20)));
  }
}
