package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailProperties;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mime.BodyPart;

/** Reads Emails: of the larger columns only those that the properties asked for need. */
record StoredEmails(Database database, BlobIds blobIds) implements ReadRole<Email> {

  private static final String MAILBOX_IDS =
      "(SELECT group_concat(f.mailbox_id, ' ') FROM replica_member m"
          + " JOIN replica_folder f ON f.folder = m.folder WHERE m.email = e.email)";

  @Override
  public List<Email> read(CallContext context, ReadRequest request) {
    Columns columns = Columns.of(request.properties());
    return database.read(
        session ->
            request.ids().isPresent()
                ? session.list(
                    columns.select("json_each(?) j JOIN replica_email e ON e.id = j.value"),
                    row -> email(row, columns),
                    IdList.json(request.ids().get()))
                : session.list(columns.select("replica_email e"), row -> email(row, columns)));
  }

  private Email email(ResultSet row, Columns columns) throws SQLException {
    return new Email(
        Id.of(row.getString(2)),
        blobIds.of(row.getLong(1)),
        Id.of(row.getString(3)),
        ids(row.getString(8)),
        new FlagSet(row.getInt(4), row.getString(5)).toKeywords(),
        row.getLong(6),
        Instant.ofEpochMilli(row.getLong(7)),
        row.getBoolean(9),
        columns.preview() ? row.getString(10) : "",
        columns.header() == Header.NONE
            ? Optional.empty()
            : Optional.of(HeaderBlock.of(row.getBytes(11))),
        columns.structure() ? Optional.of(structure(row)) : Optional.empty());
  }

  private static BodyPart structure(ResultSet row) throws SQLException {
    return StructureCodec.decode(row.getBytes(12));
  }

  private static Set<Id> ids(String joined) {
    return joined.indexOf(' ') < 0
        ? Set.of(Id.of(joined))
        : Stream.of(joined.split(" ", -1)).map(Id::of).collect(Collectors.toSet());
  }

  /** How much of the header is read. */
  private enum Header {
    NONE,
    ENVELOPE,
    WHOLE
  }

  /** Which columns are read; the others are NULL, or empty. */
  private record Columns(boolean preview, Header header, boolean structure) {

    static Columns of(Set<String> properties) {
      Header header =
          !EmailProperties.needsHeaders(properties)
              ? Header.NONE
              : Envelope.isEnoughFor(properties) ? Header.ENVELOPE : Header.WHOLE;
      return new Columns(
          properties.contains("preview"), header, EmailProperties.needsStructure(properties));
    }

    String select(String from) {
      boolean needsView = preview || structure || header == Header.ENVELOPE;
      return "SELECT e.email, e.id, t.id, e.flags, e.keywords, e.size, e.received_at, "
          + MAILBOX_IDS
          + ", e.has_attachment, "
          + (preview ? "v.preview, " : "NULL, ")
          + switch (header) {
            case NONE -> "NULL, ";
            case ENVELOPE -> "v.envelope, ";
            case WHOLE -> "h.header, ";
          }
          + (structure ? "v.structure" : "NULL")
          + " FROM "
          + from
          + " JOIN replica_thread t ON t.thread = e.thread"
          + (needsView ? " JOIN replica_view v ON v.email = e.email" : "")
          + (header == Header.WHOLE ? " JOIN replica_header h ON h.email = e.email" : "")
          + " WHERE e.created_seq IS NOT NULL";
    }
  }
}
