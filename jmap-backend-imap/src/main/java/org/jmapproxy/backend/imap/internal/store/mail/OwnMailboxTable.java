package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;

/** The table of what IMAP cannot keep of a Mailbox. */
record OwnMailboxTable(Session session) {

  /**
   * What is kept.
   *
   * @param mailboxId the Mailbox
   * @param sortOrder its sort order
   * @param decidesRole whether {@code role} holds, whatever the server says
   * @param role the role
   */
  record OwnMailbox(Id mailboxId, long sortOrder, boolean decidesRole, Optional<String> role) {}

  Optional<OwnMailbox> find(Id mailboxId) throws SQLException {
    return find("mailbox_id", mailboxId.value());
  }

  Optional<OwnMailbox> withPath(String path) throws SQLException {
    return find("path", path);
  }

  void store(OwnMailbox own, String path) throws SQLException {
    session.update(
        "INSERT OR REPLACE INTO own_mailbox (mailbox_id, path, sort_order, decides_role, role)"
            + " VALUES (?, ?, ?, ?, ?)",
        own.mailboxId().value(),
        path,
        own.sortOrder(),
        own.decidesRole(),
        own.role().orElse(null));
  }

  void moved(Id mailboxId, String path) throws SQLException {
    session.update(
        "UPDATE own_mailbox SET path = ? WHERE mailbox_id = ? AND path <> ?",
        path,
        mailboxId.value(),
        path);
  }

  void delete(Id mailboxId) throws SQLException {
    session.update("DELETE FROM own_mailbox WHERE mailbox_id = ?", mailboxId.value());
  }

  private Optional<OwnMailbox> find(String column, String value) throws SQLException {
    return session.first(
        "SELECT mailbox_id, sort_order, decides_role, role FROM own_mailbox WHERE "
            + column
            + " = ?",
        row ->
            new OwnMailbox(
                Id.of(row.getString(1)),
                row.getLong(2),
                row.getBoolean(3),
                Optional.ofNullable(row.getString(4))),
        value);
  }
}
