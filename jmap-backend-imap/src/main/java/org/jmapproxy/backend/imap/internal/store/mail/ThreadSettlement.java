package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares Threads before and after their Emails were written: their own rows and states, and what
 * they add to the counts of Mailboxes.
 */
final class ThreadSettlement {

  private final ReplicaTransaction tx;
  private final long trash;
  private final Map<Long, ThreadMembers> before = new LinkedHashMap<>();

  ThreadSettlement(ReplicaTransaction tx) throws SQLException {
    this.tx = tx;
    this.trash = tx.trash();
  }

  /** Notes how a Thread is; to be called before its Emails are written. */
  void expect(long thread) throws SQLException {
    if (!before.containsKey(thread)) {
      boolean isNew = tx.isNewThread(thread);
      before.put(thread, isNew ? ThreadMembers.NONE : ThreadMembers.read(tx.session(), thread));
    }
  }

  /** Writes what has changed; to be called after the Emails were written. */
  void settle() throws SQLException {
    for (Map.Entry<Long, ThreadMembers> thread : before.entrySet()) {
      ThreadMembers now = ThreadMembers.read(tx.session(), thread.getKey());
      tx.counts().replace(thread.getValue().counts(trash), now.counts(trash));
      settle(thread.getKey(), thread.getValue(), now);
    }
  }

  private void settle(long thread, ThreadMembers was, ThreadMembers now) throws SQLException {
    if (now.isEmpty()) {
      settleEmpty(thread);
    } else if (was.isEmpty()) {
      tx.threads().created(thread, tx.counters().next(ObjectType.THREAD));
    } else if (!was.ids().equals(now.ids())) {
      tx.threads().changed(thread, tx.counters().next(ObjectType.THREAD));
    }
  }

  private void settleEmpty(long thread) throws SQLException {
    Optional<ThreadTable.ThreadRow> row = tx.threads().find(thread);
    if (row.isPresent() && row.get().createdSeq() > 0) {
      tx.past()
          .insert(
              ObjectType.THREAD,
              row.get().id(),
              row.get().createdSeq(),
              tx.counters().next(ObjectType.THREAD));
      tx.threads().hidden(thread);
    }
    if (tx.emails().countOfThread(thread) == 0) {
      tx.threads().delete(thread);
    }
  }
}
