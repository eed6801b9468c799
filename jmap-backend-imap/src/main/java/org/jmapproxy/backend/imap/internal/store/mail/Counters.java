package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/** Gives out sequence numbers and keys inside one transaction. Not thread-safe. */
final class Counters {

  private final ReplicaState before;
  private long seq;
  private long mailboxSeq;
  private long threadSeq;
  private long emailSeq;
  private long deliverySeq;
  private long lastFolder;
  private long lastThread;
  private long lastEmail;

  Counters(ReplicaState before) {
    this.before = before;
    seq = before.seq();
    mailboxSeq = before.mailboxSeq();
    threadSeq = before.threadSeq();
    emailSeq = before.emailSeq();
    deliverySeq = before.deliverySeq();
    lastFolder = before.lastFolder();
    lastThread = before.lastThread();
    lastEmail = before.lastEmail();
  }

  /** The next number, for a row of a type. */
  long next(ObjectType type) {
    seq++;
    switch (type) {
      case MAILBOX -> mailboxSeq = seq;
      case THREAD -> threadSeq = seq;
      case EMAIL -> emailSeq = seq;
    }
    return seq;
  }

  /** Notes that the last number given went to an Email that is new. */
  void delivered() {
    deliverySeq = seq;
  }

  long nextFolder() {
    return ++lastFolder;
  }

  long nextThread() {
    return ++lastThread;
  }

  /** The last Thread key given. */
  long lastThread() {
    return lastThread;
  }

  long nextEmail() {
    return ++lastEmail;
  }

  String salt() {
    return before.salt();
  }

  /** Writes what was given out, if anything was. */
  ReplicaState store(Session session) throws SQLException {
    ReplicaState after =
        new ReplicaState(
            before.epoch(),
            before.salt(),
            seq,
            mailboxSeq,
            threadSeq,
            emailSeq,
            deliverySeq,
            before.floorSeq(),
            lastFolder,
            lastThread,
            lastEmail);
    if (!after.equals(before)) {
      session.update(
          "UPDATE replica_state SET seq = ?, mailbox_seq = ?, thread_seq = ?, email_seq = ?,"
              + " delivery_seq = ?, last_folder = ?, last_thread = ?, last_email = ?",
          seq,
          mailboxSeq,
          threadSeq,
          emailSeq,
          deliverySeq,
          lastFolder,
          lastThread,
          lastEmail);
    }
    return after;
  }
}
