package org.jmapproxy.backend.imap.internal.store.own;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.smtp.MessageTraits;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Notice;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Phase;
import org.jmapproxy.backend.imap.internal.store.OutboxOrder;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.submission.EnvelopeJson;
import org.jmapproxy.mail.submission.UndoStatus;

/** A row of own_submission, both ways. */
final class OutboxRow {

  static final String COLUMNS =
      "id, identity_id, email_id, thread_id, envelope, created_at, send_at, undo_status, phase,"
          + " acknowledged, forgotten, attempts, next_attempt, size, traits, recipients, notice,"
          + " dsn_blob_ids, mdn_blob_ids, message_id";

  private static final int EIGHT_BIT_HEADER = 1;
  private static final int EIGHT_BIT_BODY = 2;
  private static final int LONG_LINES = 4;
  private static final int NUL = 8;

  private OutboxRow() {}

  static OutboxEntry read(ResultSet row) throws SQLException {
    OutboxOrder order =
        new OutboxOrder(
            Id.of(row.getString(1)),
            Id.of(row.getString(2)),
            Id.of(row.getString(3)),
            Id.of(row.getString(4)),
            EnvelopeJson.read(OutboxJson.parse(row.getString(5))),
            Instant.ofEpochMilli(row.getLong(6)),
            Instant.ofEpochMilli(row.getLong(7)),
            traits(row.getLong(14), row.getInt(15)),
            Optional.ofNullable(row.getString(20)));
    return new OutboxEntry(
        order,
        UndoStatus.of(row.getString(8)),
        Phase.valueOf(row.getString(9).toUpperCase(Locale.ROOT)),
        row.getBoolean(10),
        row.getBoolean(11),
        row.getInt(12),
        Instant.ofEpochMilli(row.getLong(13)),
        OutboxJson.recipients(row.getString(16)),
        Notice.valueOf(row.getString(17).toUpperCase(Locale.ROOT)),
        OutboxJson.ids(row.getString(18)),
        OutboxJson.ids(row.getString(19)));
  }

  static void insert(Session session, OutboxEntry entry) throws SQLException {
    OutboxOrder order = entry.order();
    session.update(
        "INSERT INTO own_submission ("
            + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        order.id().value(),
        order.identityId().value(),
        order.emailId().value(),
        order.threadId().value(),
        EnvelopeJson.write(order.envelope()).toString(),
        order.createdAt().toEpochMilli(),
        order.sendAt().toEpochMilli(),
        entry.undoStatus().wireName(),
        lower(entry.phase()),
        entry.acknowledged(),
        entry.forgotten(),
        entry.attempts(),
        entry.nextAttempt().toEpochMilli(),
        order.message().size(),
        traits(order.message()),
        OutboxJson.recipients(entry.recipients()),
        lower(entry.notice()),
        OutboxJson.ids(entry.dsnBlobIds()),
        OutboxJson.ids(entry.mdnBlobIds()),
        order.messageId().orElse(null));
  }

  static void update(Session session, OutboxEntry entry) throws SQLException {
    session.update(
        "UPDATE own_submission SET undo_status = ?, phase = ?, acknowledged = ?, forgotten = ?,"
            + " attempts = ?, next_attempt = ?, recipients = ?, notice = ?, dsn_blob_ids = ?,"
            + " mdn_blob_ids = ?"
            + " WHERE id = ?",
        entry.undoStatus().wireName(),
        lower(entry.phase()),
        entry.acknowledged(),
        entry.forgotten(),
        entry.attempts(),
        entry.nextAttempt().toEpochMilli(),
        OutboxJson.recipients(entry.recipients()),
        lower(entry.notice()),
        OutboxJson.ids(entry.dsnBlobIds()),
        OutboxJson.ids(entry.mdnBlobIds()),
        entry.id().value());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static int traits(MessageTraits message) {
    return (message.eightBitHeader() ? EIGHT_BIT_HEADER : 0)
        | (message.eightBitBody() ? EIGHT_BIT_BODY : 0)
        | (message.hasLongLines() ? LONG_LINES : 0)
        | (message.hasNul() ? NUL : 0);
  }

  private static MessageTraits traits(long size, int flags) {
    return new MessageTraits(
        size,
        (flags & EIGHT_BIT_HEADER) != 0,
        (flags & EIGHT_BIT_BODY) != 0,
        (flags & LONG_LINES) != 0,
        (flags & NUL) != 0);
  }
}
