package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.mail.mailbox.Mailbox;

/** Reads Mailboxes. There are few of them: all are read, and those asked for picked. */
record StoredMailboxes(Database database) implements ReadRole<Mailbox> {

  @Override
  public List<Mailbox> read(CallContext context, ReadRequest request) {
    Optional<Set<Id>> wanted = request.ids().map(Set::copyOf);
    return database
        .read(
            session ->
                session.list(
                    "SELECT f.mailbox_id, f.name, p.mailbox_id, f.role, f.sort_order,"
                        + " f.total_emails, f.unread_emails, f.total_threads, f.unread_threads,"
                        + " f.rights, f.subscribed FROM replica_folder f"
                        + " LEFT JOIN replica_folder p ON p.folder = f.parent ORDER BY f.path",
                    StoredMailboxes::mailbox))
        .stream()
        .filter(mailbox -> wanted.isEmpty() || wanted.get().contains(mailbox.id()))
        .toList();
  }

  private static Mailbox mailbox(ResultSet row) throws SQLException {
    return new Mailbox(
        Id.of(row.getString(1)),
        row.getString(2),
        Optional.ofNullable(row.getString(3)).map(Id::of),
        Optional.ofNullable(row.getString(4)),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        RightsCodec.decode(row.getInt(10)),
        row.getBoolean(11));
  }
}
