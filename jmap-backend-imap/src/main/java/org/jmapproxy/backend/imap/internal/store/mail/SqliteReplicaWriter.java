package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.FlagChange;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ReplicaWriter;
import org.jmapproxy.backend.imap.internal.store.ServerIds;
import org.jmapproxy.backend.imap.internal.store.blob.StoredUploads;
import org.jmapproxy.backend.imap.internal.store.db.Database.Durability;
import org.jmapproxy.backend.imap.internal.store.mail.FolderRow.FolderLook;
import org.jmapproxy.backend.imap.internal.store.mail.OwnMailboxTable.OwnMailbox;
import org.jmapproxy.core.id.Id;

/** Writes the replica into SQLite. */
public final class SqliteReplicaWriter implements ReplicaWriter {

  private static final Duration TOMBSTONES_KEPT = Duration.ofDays(30);

  private final ReplicaCommits commits;
  private final StoredUploads uploads;
  private final Executor helpers;

  /**
   * Writes through these transactions.
   *
   * @param helpers may help to understand many messages; a rejection does no harm
   */
  public SqliteReplicaWriter(ReplicaCommits commits, StoredUploads uploads, Executor helpers) {
    this.commits = commits;
    this.helpers = helpers;
    this.uploads = uploads;
  }

  @Override
  public Committed applyFolders(FolderRound round) {
    return commits.commit(tx -> new FolderRounds(tx).apply(round));
  }

  @Override
  public Committed apply(List<FolderDelta> deltas) {
    List<List<PreparedArrival>> arrivals = new ArrayList<>();
    for (FolderDelta delta : deltas) {
      arrivals.add(Preparation.of(delta.arrivals(), helpers));
    }
    return commits.commit(
        tx -> {
          for (int i = 0; i < deltas.size(); i++) {
            arrive(tx, deltas.get(i), arrivals.get(i));
          }
          for (FolderDelta delta : deltas) {
            changeFlags(tx, delta);
          }
          for (FolderDelta delta : deltas) {
            depart(tx, delta);
          }
        });
  }

  @Override
  public Committed beginReset(FolderKey folder) {
    return commits.commit(
        tx -> {
          FolderTable folders = new FolderTable(tx.session());
          tx.copies().loseAll(folder.value());
          folders.setPosition(folder.value(), FolderPosition.unknown());
          folders.setResetting(folder.value(), true);
        });
  }

  @Override
  public Committed endReset(FolderKey folder) {
    return commits.commit(
        tx -> {
          new FolderMessages(tx, folder.value()).departLost();
          new FolderTable(tx.session()).setResetting(folder.value(), false);
        });
  }

  @Override
  public void forgetModSeqs(FolderKey folder) {
    commits.commit(tx -> tx.copies().forgetModSeqs(folder.value()));
  }

  @Override
  public void addServerIds(FolderKey folder, Map<Long, ServerIds> ids) {
    commits.commit(tx -> new FolderMessages(tx, folder.value()).addServerIds(ids));
  }

  @Override
  public Committed setSortOrder(Id mailboxId, long sortOrder) {
    return commits.commit(
        Durability.POWER,
        tx ->
            decide(
                tx,
                mailboxId,
                own -> new OwnMailbox(mailboxId, sortOrder, own.decidesRole(), own.role())));
  }

  @Override
  public Committed setRole(Id mailboxId, Optional<String> role) {
    return commits.commit(
        Durability.POWER,
        tx -> {
          long trash = tx.trash();
          decide(tx, mailboxId, own -> new OwnMailbox(mailboxId, own.sortOrder(), true, role));
          if (trash != tx.trash()) {
            new UnreadThreads(tx).recount();
          }
        });
  }

  @Override
  public void tidy() {
    Instant oldest = commits.clock().instant().minus(TOMBSTONES_KEPT);
    commits.commit(tx -> new Tombstones(tx.session()).forgetBefore(oldest));
    uploads.removeExpired();
  }

  private static void arrive(ReplicaTransaction tx, FolderDelta delta, List<PreparedArrival> found)
      throws SQLException {
    if (found.isEmpty()) {
      return;
    }
    FolderMessages messages = existing(tx, delta.folder());
    for (PreparedArrival arrival : found) {
      messages.arrive(
          arrival, Optional.ofNullable(delta.origins().get(arrival.uid())), delta.leaving());
    }
  }

  private static void changeFlags(ReplicaTransaction tx, FolderDelta delta) throws SQLException {
    FolderMessages messages = new FolderMessages(tx, delta.folder().value());
    for (FlagChange change : delta.flagChanges()) {
      messages.changeFlags(change);
    }
  }

  private static void depart(ReplicaTransaction tx, FolderDelta delta) throws SQLException {
    new FolderMessages(tx, delta.folder().value()).depart(delta.departures());
    if (delta.position().isPresent()) {
      new FolderTable(tx.session()).setPosition(delta.folder().value(), delta.position().get());
    }
  }

  /** A folder that has vanished meanwhile takes no messages. */
  private static FolderMessages existing(ReplicaTransaction tx, FolderKey folder)
      throws SQLException {
    if (new FolderTable(tx.session()).find(folder.value()).isEmpty()) {
      throw new FolderGoneException();
    }
    return new FolderMessages(tx, folder.value());
  }

  private static void decide(
      ReplicaTransaction tx, Id mailboxId, java.util.function.UnaryOperator<OwnMailbox> change)
      throws SQLException {
    FolderTable folders = new FolderTable(tx.session());
    OwnMailboxTable owned = new OwnMailboxTable(tx.session());
    FolderRow row = folders.withMailboxId(mailboxId).orElseThrow(FolderGoneException::new);
    OwnMailbox before =
        owned
            .find(mailboxId)
            .orElse(new OwnMailbox(mailboxId, row.look().sortOrder(), false, Optional.empty()));
    OwnMailbox after = change.apply(before);
    owned.store(after, row.look().path());
    FolderLook look = row.look().decidedBy(after);
    if (!look.equals(row.look())) {
      folders.setLook(row.folder(), look);
      folders.setOtherSeq(row.folder(), tx.counters().next(ObjectType.MAILBOX));
    }
  }
}
