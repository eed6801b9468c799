package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.core.id.Id;

/**
 * Compares Emails as they were with what they are to be, and writes the difference: rows,
 * memberships, sequence numbers, tombstones. What is as it was takes no number.
 */
final class Settlement {

  private final ReplicaTransaction tx;
  private final MemberTable members;

  Settlement(ReplicaTransaction tx) {
    this.tx = tx;
    this.members = new MemberTable(tx.session());
  }

  void settle() throws SQLException {
    List<EmailUnit> gone = new ArrayList<>();
    ThreadSettlement threads = new ThreadSettlement(tx);
    for (EmailUnit unit : tx.units().all()) {
      if (unit.concernsThread(unit.foldersAfter(), unit.flagsAfter())) {
        threads.expect(unit.before().thread());
        threads.expect(unit.thread());
      }
    }
    for (EmailUnit unit : tx.units().all()) {
      if (unit.foldersAfter().isEmpty()) {
        gone.add(unit);
      } else if (unit.isFresh()) {
        create(unit);
      } else {
        change(unit);
      }
    }
    for (EmailUnit unit : gone) {
      hide(unit);
    }
    threads.settle();
  }

  private void create(EmailUnit unit) throws SQLException {
    Set<Long> folders = unit.foldersAfter();
    tx.emails().insert(unit, unit.flagsAfter(), created());
    members.change(unit, folders);
  }

  private void change(EmailUnit unit) throws SQLException {
    Set<Long> folders = unit.foldersAfter();
    FlagSet flags = unit.flagsAfter();
    EmailRow before = unit.before();
    boolean sameFolders = folders.equals(unit.foldersBefore());
    boolean sameFlags = flags.equals(before.flags());
    boolean sameIdentity = !unit.idChanged() && !unit.threadChanged();
    if (before.isVisible() && sameFolders && sameFlags && sameIdentity) {
      return;
    }
    if (before.isVisible() && unit.idChanged()) {
      destroyed(unit);
    }
    if (!before.isVisible() || unit.idChanged()) {
      long seq = created();
      tx.emails().update(unit, flags, seq, seq);
    } else if (sameFolders && sameIdentity) {
      tx.emails().updateFlags(unit.key(), flags, tx.counters().next(ObjectType.EMAIL));
    } else {
      tx.emails().update(unit, flags, before.createdSeq(), tx.counters().next(ObjectType.EMAIL));
    }
    members.change(unit, folders);
  }

  /** Clients do not see it (any more): it is gone, or all its copies are marked as deleted. */
  private void hide(EmailUnit unit) throws SQLException {
    boolean hasCopies = !unit.copies().isEmpty();
    if (unit.isFresh()) {
      if (hasCopies) {
        tx.emails().insert(unit, FlagSet.NONE, 0);
      } else {
        tx.emails().delete(unit.key());
      }
      return;
    }
    if (unit.before().isVisible()) {
      destroyed(unit);
      members.change(unit, Set.of());
    }
    if (hasCopies) {
      tx.emails().update(unit, FlagSet.NONE, 0, 0);
    } else {
      tx.emails().delete(unit.key());
    }
  }

  private long created() {
    long seq = tx.counters().next(ObjectType.EMAIL);
    tx.counters().delivered();
    return seq;
  }

  private void destroyed(EmailUnit unit) throws SQLException {
    EmailRow before = unit.before();
    String threadId =
        tx.threads()
            .find(before.thread())
            .map(ThreadTable.ThreadRow::id)
            .map(Id::value)
            .orElseThrow(() -> new SQLException("an Email without a Thread"));
    tx.past()
        .insertEmail(
            before.id(),
            before.createdSeq(),
            tx.counters().next(ObjectType.EMAIL),
            threadId,
            mailboxIds(unit.foldersBefore()));
  }

  private String mailboxIds(Set<Long> folders) throws SQLException {
    List<String> ids = new ArrayList<>();
    for (long folder : folders) {
      tx.session()
          .first(
              "SELECT mailbox_id FROM replica_folder WHERE folder = ?",
              row -> row.getString(1),
              folder)
          .ifPresent(ids::add);
    }
    return ids.stream().collect(Collectors.joining(" "));
  }
}
