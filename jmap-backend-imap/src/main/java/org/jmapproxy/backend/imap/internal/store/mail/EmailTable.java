package org.jmapproxy.backend.imap.internal.store.mail;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jspecify.annotations.Nullable;

/** The tables of Emails and of what belongs to each of them. */
record EmailTable(Session session) {

  Optional<EmailRow> find(long email) throws SQLException {
    return session.first(
        "SELECT id, thread, received_at, flags, keywords, published, created_seq"
            + " FROM replica_email WHERE email = ?",
        EmailTable::row,
        email);
  }

  boolean hasId(Id id) throws SQLException {
    return session.number("SELECT 1 FROM replica_email WHERE id = ?", id.value()).isPresent();
  }

  List<Long> withDigest(ByteBuffer digest) throws SQLException {
    return session.list(
        "SELECT email FROM replica_email WHERE digest = ? ORDER BY email",
        row -> row.getLong(1),
        (Object) octets(digest));
  }

  List<Long> ofThread(long thread) throws SQLException {
    return session.list(
        "SELECT email FROM replica_email WHERE thread = ? ORDER BY email",
        row -> row.getLong(1),
        thread);
  }

  long countOfThread(long thread) throws SQLException {
    return session.number("SELECT count(*) FROM replica_email WHERE thread = ?", thread).orElse(0);
  }

  /**
   * Stores a new Email.
   *
   * @param createdSeq 0 if clients do not see it
   */
  void insert(EmailUnit unit, FlagSet flags, long createdSeq) throws SQLException {
    PreparedArrival content = unit.content().orElseThrow();
    Long seq = orNull(createdSeq);
    session.update(
        "INSERT INTO replica_email (email, id, thread, received_at, size, flags, keywords,"
            + " has_attachment, sent_at, subject_key, from_key, to_key, published, created_seq,"
            + " changed_seq, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        unit.key(),
        unit.id().value(),
        unit.thread(),
        content.receivedAt(),
        content.size(),
        flags.bits(),
        flags.keywords(),
        content.hasAttachment(),
        content.sentAt().isPresent() ? (Long) content.sentAt().getAsLong() : null,
        content.keys().subject(),
        content.keys().from(),
        content.keys().to(),
        createdSeq > 0,
        seq,
        seq,
        content.digest().map(EmailTable::octets).orElse(null));
    insertContent(unit.key(), content);
  }

  /**
   * Writes what can change of an Email.
   *
   * @param createdSeq 0 if clients do not see it
   */
  void update(EmailUnit unit, FlagSet flags, long createdSeq, long changedSeq) throws SQLException {
    session.update(
        "UPDATE replica_email SET id = ?, thread = ?, flags = ?, keywords = ?,"
            + " published = max(published, ?), created_seq = ?, changed_seq = ? WHERE email = ?",
        unit.id().value(),
        unit.thread(),
        flags.bits(),
        flags.keywords(),
        createdSeq > 0,
        orNull(createdSeq),
        createdSeq > 0 ? (Long) changedSeq : null,
        unit.key());
  }

  void updateFlags(long email, FlagSet flags, long changedSeq) throws SQLException {
    session.update(
        "UPDATE replica_email SET flags = ?, keywords = ?, changed_seq = ? WHERE email = ?",
        flags.bits(),
        flags.keywords(),
        changedSeq,
        email);
  }

  void delete(long email) throws SQLException {
    session.update("DELETE FROM replica_evidence WHERE email = ?", email);
    session.update("DELETE FROM replica_view WHERE email = ?", email);
    session.update("DELETE FROM replica_header WHERE email = ?", email);
    session.update("DELETE FROM replica_search WHERE email = ?", email);
    session.update("DELETE FROM replica_email WHERE email = ?", email);
  }

  private void insertContent(long email, PreparedArrival content) throws SQLException {
    session.update(
        "INSERT INTO replica_view (email, preview, envelope, structure) VALUES (?, ?, ?, ?)",
        email,
        content.preview(),
        content.envelope(),
        content.structure());
    session.update(
        "INSERT INTO replica_header (email, header) VALUES (?, ?)", email, content.header());
    SearchTexts texts = content.texts();
    session.update(
        "INSERT INTO replica_search (email, from_text, to_text, cc_text, bcc_text, subject_text)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        email,
        texts.from(),
        texts.to(),
        texts.cc(),
        texts.bcc(),
        texts.subject());
  }

  private static EmailRow row(ResultSet row) throws SQLException {
    return new EmailRow(
        Id.of(row.getString(1)),
        row.getLong(2),
        row.getLong(3),
        new FlagSet(row.getInt(4), row.getString(5)),
        row.getBoolean(6),
        row.getLong(7));
  }

  private static byte[] octets(ByteBuffer digest) {
    byte[] octets = new byte[digest.remaining()];
    digest.duplicate().get(octets);
    return octets;
  }

  private static @Nullable Long orNull(long seq) {
    return seq > 0 ? (Long) seq : null;
  }
}
