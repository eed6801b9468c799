package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.RenameQuestion;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.header.HeaderBlock;

/** Reads the replica out of SQLite. */
public final class SqliteReplicaReader implements ReplicaReader {

  private static final String MESSAGES =
      "SELECT e.email, e.id, e.size, v.structure FROM replica_email e"
          + " JOIN replica_view v ON v.email = e.email WHERE ";

  private final Database database;
  private final BlobIds blobIds;

  /**
   * Reads a database.
   *
   * @param blobIds how blob ids are made
   */
  public SqliteReplicaReader(Database database, BlobIds blobIds) {
    this.database = database;
    this.blobIds = blobIds;
  }

  @Override
  public List<StoredFolder> folders() {
    return database.read(
        session -> {
          Map<Long, StoredFolder> left = new LinkedHashMap<>();
          for (FolderRow row : new FolderTable(session).all()) {
            left.put(row.folder(), folder(row));
          }
          Set<StoredFolder> sorted = new LinkedHashSet<>();
          left.values().forEach(folder -> addAfterParent(folder, left, sorted, 0));
          return List.copyOf(sorted);
        });
  }

  @Override
  public Optional<StoredFolder> folder(FolderKey key) {
    return database.read(session -> folder(new FolderTable(session).find(key.value())));
  }

  @Override
  public Optional<StoredFolder> folder(Id mailboxId) {
    return database.read(session -> folder(new FolderTable(session).withMailboxId(mailboxId)));
  }

  @Override
  public List<RenameQuestion> renameQuestions(FolderRound round) {
    return database.read(session -> new RenameQuestions(session).of(round));
  }

  @Override
  public long copies(FolderKey folder) {
    return database.read(
        session ->
            session
                .number("SELECT count(*) FROM replica_copy WHERE folder = ?", folder.value())
                .orElse(0));
  }

  @Override
  public Set<FolderKey> foldersWithCopies() {
    return database.read(
        session ->
            Set.copyOf(
                session.list(
                    "SELECT f.folder FROM replica_folder f WHERE EXISTS"
                        + " (SELECT 1 FROM replica_copy c WHERE c.folder = f.folder)",
                    row -> new FolderKey(row.getLong(1)))));
  }

  @Override
  public long copies() {
    return database.read(
        session -> session.number("SELECT count(*) FROM replica_copy WHERE uid > 0").orElse(0));
  }

  @Override
  public UidSet uids(FolderKey folder) {
    return uids(folder, 1, Long.MAX_VALUE);
  }

  @Override
  public long unseen(FolderKey folder) {
    return database.read(
        session ->
            session
                .number(
                    "SELECT count(*) FROM replica_copy WHERE folder = ? AND uid > 0"
                        + " AND flags & ? = 0",
                    folder.value(),
                    FlagSet.SEEN)
                .orElse(0));
  }

  @Override
  public UidSet uids(FolderKey folder, long first, long last) {
    return database.read(
        session -> {
          UidSet.Builder uids = UidSet.builder();
          session.walk(
              "SELECT uid FROM replica_copy WHERE folder = ? AND uid BETWEEN ? AND ?"
                  + " ORDER BY uid",
              row -> {
                uids.add(row.getLong(1));
                return true;
              },
              folder.value(),
              Math.max(1, first),
              last);
          return uids.build();
        });
  }

  @Override
  public Map<Long, Id> emailIds(FolderKey folder, UidSet uids) {
    if (uids.isEmpty()) {
      return Map.of();
    }
    return database.read(
        session -> {
          Map<Long, Id> found = new LinkedHashMap<>();
          session.walk(
              "SELECT c.uid, e.id FROM replica_copy c JOIN replica_email e ON e.email = c.email"
                  + " WHERE c.folder = ? AND c.uid BETWEEN ? AND ? ORDER BY c.uid",
              row -> {
                if (uids.contains(row.getLong(1))) {
                  found.put(row.getLong(1), Id.of(row.getString(2)));
                }
                return true;
              },
              folder.value(),
              uids.first(),
              uids.last());
          return found;
        });
  }

  @Override
  public Map<Id, StoredMessage> messages(Collection<Id> emailIds) {
    return database.read(
        session -> {
          Map<Id, StoredMessage> found = new HashMap<>();
          for (Id id : emailIds) {
            message(session, "e.id = ? AND e.created_seq IS NOT NULL", id.value())
                .ifPresent(message -> found.put(id, message));
          }
          return found;
        });
  }

  @Override
  public Optional<StoredMessage> messageOfBlob(Id blobId) {
    OptionalLong email = blobIds.emailOf(blobId);
    return email.isEmpty()
        ? Optional.empty()
        : database.read(session -> message(session, "e.email = ?", email.getAsLong()));
  }

  @Override
  public List<Id> emailsWithMessageId(String messageId) {
    return database
        .read(
            session ->
                session.list(
                    "SELECT e.id, v.envelope FROM replica_email e"
                        + " JOIN replica_view v ON v.email = e.email"
                        + " WHERE e.created_seq IS NOT NULL AND instr(v.envelope, ?) > 0"
                        + " ORDER BY e.email DESC LIMIT 100",
                    row -> new Candidate(Id.of(row.getString(1)), HeaderBlock.of(row.getBytes(2))),
                    (Object) messageId.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .stream()
        .filter(candidate -> candidate.hasMessageId(messageId))
        .map(Candidate::id)
        .toList();
  }

  @Override
  public long emailCount() {
    return database.read(
        session ->
            session
                .number("SELECT count(*) FROM replica_email WHERE created_seq IS NOT NULL")
                .orElse(0));
  }

  /** An Email whose envelope holds some text. */
  private record Candidate(Id id, HeaderBlock envelope) {

    boolean hasMessageId(String messageId) {
      return envelope.messageIds("Message-ID").orElse(List.of()).contains(messageId);
    }
  }

  private Optional<StoredMessage> message(Session session, String condition, Object argument)
      throws SQLException {
    Optional<MessageRow> row =
        session.first(
            MESSAGES + condition,
            found ->
                new MessageRow(
                    found.getLong(1),
                    Id.of(found.getString(2)),
                    found.getLong(3),
                    java.nio.ByteBuffer.wrap(found.getBytes(4))),
            argument);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    MessageRow message = row.get();
    List<MessageCopy> copies = new ArrayList<>();
    for (CopyRow copy : new CopyTable(session).ofEmail(message.email())) {
      if (!copy.isLost()) {
        copies.add(
            new MessageCopy(
                new FolderKey(copy.folder()), copy.uid(), copy.modSeq(), !copy.isVisible()));
      }
    }
    return Optional.of(
        new StoredMessage(
            message.id(),
            blobIds.of(message.email()),
            message.size(),
            StructureCodec.decode(message.structure().array()),
            copies));
  }

  private record MessageRow(long email, Id id, long size, java.nio.ByteBuffer structure) {}

  private static Optional<StoredFolder> folder(Optional<FolderRow> row) {
    return row.map(SqliteReplicaReader::folder);
  }

  private static StoredFolder folder(FolderRow row) {
    return new StoredFolder(
        new FolderKey(row.folder()),
        row.mailboxId(),
        row.look().path(),
        row.look().parent() == 0
            ? Optional.empty()
            : Optional.of(new FolderKey(row.look().parent())),
        row.look().name(),
        row.look().role(),
        row.look().isSelectable(),
        row.look().isSubscribed(),
        row.position(),
        row.isResetting(),
        row.label());
  }

  private static void addAfterParent(
      StoredFolder folder, Map<Long, StoredFolder> all, Set<StoredFolder> sorted, int depth) {
    if (depth < 1000 && !sorted.contains(folder)) {
      folder
          .parent()
          .map(parent -> all.get(parent.value()))
          .ifPresent(parent -> addAfterParent(parent, all, sorted, depth + 1));
      sorted.add(folder);
    }
  }
}
