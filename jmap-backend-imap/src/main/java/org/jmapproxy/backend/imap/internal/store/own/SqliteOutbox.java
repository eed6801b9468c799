package org.jmapproxy.backend.imap.internal.store.own;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxStore;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Database.Durability;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.ChangesRole;

/** Submissions in a table. */
public final class SqliteOutbox implements OutboxStore {

  private final Database database;
  private final OwnChanges changes;

  /** Uses a file that has its tables. */
  public SqliteOutbox(Id accountId, Database database) {
    this.database = database;
    this.changes = new OwnChanges(accountId, database, OwnType.SUBMISSION);
  }

  @Override
  public Id newId() {
    return Id.of("es-" + UUID.randomUUID());
  }

  @Override
  public Committed add(OutboxEntry entry) {
    return database.write(
        Durability.POWER,
        session -> {
          OutboxRow.insert(session, entry);
          return noted(session, entry.id(), false, entry.isVisible());
        });
  }

  @Override
  public Optional<OutboxEntry> find(Id id) {
    return database.read(session -> find(session, id));
  }

  @Override
  public List<OutboxEntry> withMessageId(String messageId) {
    return database.read(
        session ->
            session.list(
                "SELECT "
                    + OutboxRow.COLUMNS
                    + " FROM own_submission WHERE message_id = ? ORDER BY created_at DESC",
                OutboxRow::read,
                messageId));
  }

  @Override
  public boolean isEmpty() {
    return database.read(
        session -> session.number("SELECT 1 FROM own_submission LIMIT 1").isEmpty());
  }

  @Override
  public List<OutboxEntry> all() {
    return database.read(
        session ->
            session.list(
                "SELECT " + OutboxRow.COLUMNS + " FROM own_submission ORDER BY created_at, id",
                OutboxRow::read));
  }

  @Override
  public List<OutboxEntry> open() {
    return database.read(
        session ->
            session.list(
                "SELECT "
                    + OutboxRow.COLUMNS
                    + " FROM own_submission WHERE phase <> 'done' OR notice <> 'none'"
                    + " ORDER BY next_attempt, created_at, id",
                OutboxRow::read));
  }

  @Override
  public Optional<Changed> change(Id id, UnaryOperator<OutboxEntry> change) {
    return database.write(
        Durability.POWER,
        session -> {
          Optional<OutboxEntry> before = find(session, id);
          if (before.isEmpty()) {
            return Optional.empty();
          }
          OutboxEntry after = change.apply(before.get());
          return Optional.of(new Changed(after, write(session, before.get(), after)));
        });
  }

  private Committed write(Session session, OutboxEntry before, OutboxEntry after)
      throws SQLException {
    if (before.equals(after)) {
      return OwnChanges.nothing();
    }
    OutboxRow.update(session, after);
    boolean looksTheSame =
        before.isVisible()
            && after.isVisible()
            && before.toSubmission().equals(after.toSubmission());
    return looksTheSame
        ? OwnChanges.nothing()
        : noted(session, after.id(), before.isVisible(), after.isVisible());
  }

  @Override
  public Committed remove(Id id) {
    return database.write(
        Durability.POWER,
        session -> {
          Optional<OutboxEntry> entry = find(session, id);
          session.update("DELETE FROM own_submission WHERE id = ?", id.value());
          return noted(session, id, entry.filter(OutboxEntry::isVisible).isPresent(), false);
        });
  }

  @Override
  public Committed removeDone(Instant before) {
    return database.write(
        Durability.POWER,
        session -> {
          List<OutboxEntry> old =
              session.list(
                  "SELECT "
                      + OutboxRow.COLUMNS
                      + " FROM own_submission WHERE phase = 'done' AND notice = 'none'"
                      + " AND next_attempt < ?",
                  OutboxRow::read,
                  before.toEpochMilli());
          for (OutboxEntry entry : old) {
            session.update("DELETE FROM own_submission WHERE id = ?", entry.id().value());
            changes.note(session, entry.id(), entry.isVisible(), false);
          }
          changes.tidy(session);
          return old.stream().anyMatch(OutboxEntry::isVisible)
              ? changes.committed(session)
              : OwnChanges.nothing();
        });
  }

  @Override
  public ChangesRole changes() {
    return changes;
  }

  private Committed noted(Session session, Id id, boolean before, boolean after)
      throws SQLException {
    changes.note(session, id, before, after);
    return before || after ? changes.committed(session) : OwnChanges.nothing();
  }

  private static Optional<OutboxEntry> find(Session session, Id id) throws SQLException {
    return session.first(
        "SELECT " + OutboxRow.COLUMNS + " FROM own_submission WHERE id = ?",
        OutboxRow::read,
        id.value());
  }
}
