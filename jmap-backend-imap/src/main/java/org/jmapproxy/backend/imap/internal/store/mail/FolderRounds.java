package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.backend.imap.internal.store.mail.FolderRow.FolderLook;
import org.jmapproxy.backend.imap.internal.store.mail.OwnMailboxTable.OwnMailbox;
import org.jmapproxy.core.id.Id;

/** Makes the folders what a LIST round told, inside one transaction. */
final class FolderRounds {

  private final ReplicaTransaction tx;
  private final FolderTable folders;
  private final OwnMailboxTable own;

  FolderRounds(ReplicaTransaction tx) {
    this.tx = tx;
    this.folders = new FolderTable(tx.session());
    this.own = new OwnMailboxTable(tx.session());
  }

  void apply(FolderRound round) throws SQLException {
    FolderMatch match = FolderMatch.of(folders.all(), round);
    long trashBefore = tx.trash();
    List<FolderRow> kept = new ArrayList<>();
    for (FolderRow row : match.vanished()) {
      if (isRemovable(round, row)) {
        remove(row);
      } else {
        kept.add(row);
      }
    }
    movePathsAside(match, kept, round);
    Map<String, FolderRow> rows = new LinkedHashMap<>(match.known());
    for (ListedFolder folder : match.fresh()) {
      rows.put(folder.path(), create(folder));
    }
    new FolderLabels(tx, folders).apply(round, rows);
    setLooks(round, rows, kept);
    if (tx.trash() != trashBefore) {
      tx.settle();
      new UnreadThreads(tx).recount();
    }
  }

  private static boolean isRemovable(FolderRound round, FolderRow row) {
    return round.removable().map(keys -> keys.contains(new FolderKey(row.folder()))).orElse(true);
  }

  private void remove(FolderRow row) throws SQLException {
    new FolderMessages(tx, row.folder()).departAll();
    new FolderLabels(tx, folders).remove(row);
    folders.delete(row.folder());
    tx.counts().forget(row.folder());
    own.delete(row.mailboxId());
    tx.past()
        .insert(
            ObjectType.MAILBOX,
            row.mailboxId(),
            row.createdSeq(),
            tx.counters().next(ObjectType.MAILBOX));
  }

  /** Two folders may have swapped their names, and another may be where a vanished one was. */
  private void movePathsAside(FolderMatch match, List<FolderRow> kept, FolderRound round)
      throws SQLException {
    for (Map.Entry<String, FolderRow> known : match.known().entrySet()) {
      if (!known.getValue().look().path().equals(known.getKey())) {
        setAside(known.getValue());
      }
    }
    for (FolderRow row : kept) {
      if (round.folders().stream().anyMatch(folder -> folder.path().equals(row.look().path()))) {
        setAside(row);
      }
    }
  }

  /** A path that no server has. */
  private void setAside(FolderRow row) throws SQLException {
    folders.setPath(row.folder(), "\u0001" + row.folder());
  }

  private FolderRow create(ListedFolder listed) throws SQLException {
    long folder = tx.counters().nextFolder();
    folders.insert(folder, newId(listed), listed.path(), tx.counters().next(ObjectType.MAILBOX));
    return folders.find(folder).orElseThrow(() -> new SQLException("a new folder is not there"));
  }

  private Id newId(ListedFolder listed) throws SQLException {
    Optional<Id> earlier = own.withPath(listed.path()).map(OwnMailbox::mailboxId);
    if (earlier.isPresent() && isFree(earlier.get())) {
      return earlier.get();
    }
    Optional<Id> named = FolderMatch.mailboxId(listed).filter(RandomIds::isUsable).map(Id::of);
    return named.isPresent() && isFree(named.get()) ? named.get() : tx.ids().next('m');
  }

  private boolean isFree(Id id) throws SQLException {
    return !folders.hasMailboxId(id) && !tx.past().knows(ObjectType.MAILBOX, id.value());
  }

  private void setLooks(FolderRound round, Map<String, FolderRow> rows, List<FolderRow> vanished)
      throws SQLException {
    Map<String, ListedFolder> listed = new LinkedHashMap<>();
    round.folders().forEach(folder -> listed.putIfAbsent(folder.path(), folder));
    Map<String, OwnMailbox> owned = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Map.Entry<String, FolderRow> row : rows.entrySet()) {
      Optional<OwnMailbox> kept = own.find(row.getValue().mailboxId());
      if (kept.isPresent()) {
        owned.put(row.getKey(), kept.get());
        if (kept.get().decidesRole()) {
          kept.get().role().ifPresent(taken::add);
        }
      }
    }
    for (ListedFolder folder : listed.values()) {
      FolderRow row = rows.get(folder.path());
      if (row != null) {
        Optional<OwnMailbox> kept = Optional.ofNullable(owned.get(folder.path()));
        setLook(folder, row, kept, role(folder, kept, taken), parent(folder, rows));
      }
    }
    for (FolderRow row : vanished) {
      if (row.look().role().map(taken::contains).orElse(false)) {
        folders.clearRole(row.folder());
        folders.setOtherSeq(row.folder(), tx.counters().next(ObjectType.MAILBOX));
      }
    }
  }

  private void setLook(
      ListedFolder listed,
      FolderRow row,
      Optional<OwnMailbox> kept,
      Optional<String> role,
      long parent)
      throws SQLException {
    FolderLook look =
        new FolderLook(
            listed.path(),
            parent,
            listed.name(),
            role,
            kept.map(OwnMailbox::sortOrder).orElse(0L),
            listed.isSelectable(),
            listed.isSubscribed(),
            RightsCodec.encode(listed.rights()));
    folders.setEvidence(row.folder(), FolderMatch.mailboxId(listed), listed.evidence().guid());
    if (look.equals(row.look())) {
      return;
    }
    folders.setLook(row.folder(), look);
    own.moved(row.mailboxId(), listed.path());
    boolean isNew = row.look().name().isEmpty();
    if (!isNew && !look.withoutPath().equals(row.look().withoutPath())) {
      folders.setOtherSeq(row.folder(), tx.counters().next(ObjectType.MAILBOX));
    }
  }

  private static Optional<String> role(
      ListedFolder folder, Optional<OwnMailbox> kept, Set<String> taken) {
    Optional<OwnMailbox> decided = kept.filter(OwnMailbox::decidesRole);
    if (decided.isPresent()) {
      return decided.get().role();
    }
    return folder.role().filter(taken::add);
  }

  private static long parent(ListedFolder folder, Map<String, FolderRow> rows) {
    return folder
        .parentPath()
        .map(rows::get)
        .map(FolderRow::folder)
        .filter(parent -> !folder.parentPath().equals(Optional.of(folder.path())))
        .orElse(0L);
  }
}
