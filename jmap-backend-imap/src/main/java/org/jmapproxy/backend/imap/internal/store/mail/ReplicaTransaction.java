package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.time.Instant;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/**
 * What belongs together in one transaction on the replica. Emails are changed through {@link
 * #units}; what follows from that (rows, Threads, counts, states) is worked out by {@link #settle}
 * and {@link #finish}. Not thread-safe.
 */
final class ReplicaTransaction {

  /** So many Emails are kept in memory at once. */
  private static final int MOST_UNITS = 2000;

  private final Session session;
  private final Counters counters;
  private final RandomIds ids;
  private final EmailTable emails;
  private final CopyTable copies;
  private final ThreadTable threads;
  private final EvidenceTable evidence;
  private final PastTable past;
  private final EmailUnits units;
  private final Labels labels = new Labels();
  private final CountChanges counts = new CountChanges();
  private long settledThreads;

  ReplicaTransaction(Session session, RandomIds ids, Instant now) throws SQLException {
    this.session = session;
    this.ids = ids;
    counters = new Counters(ReplicaState.read(session));
    settledThreads = counters.lastThread();
    emails = new EmailTable(session);
    copies = new CopyTable(session);
    threads = new ThreadTable(session);
    evidence = new EvidenceTable(session);
    past = new PastTable(session, now);
    labels.read(session);
    units = new EmailUnits(emails, copies, labels);
  }

  Session session() {
    return session;
  }

  Counters counters() {
    return counters;
  }

  RandomIds ids() {
    return ids;
  }

  EmailTable emails() {
    return emails;
  }

  CopyTable copies() {
    return copies;
  }

  ThreadTable threads() {
    return threads;
  }

  EvidenceTable evidence() {
    return evidence;
  }

  PastTable past() {
    return past;
  }

  EmailUnits units() {
    return units;
  }

  Labels labels() {
    return labels;
  }

  CountChanges counts() {
    return counts;
  }

  /** The key of the folder with the role trash, 0 if there is none. */
  long trash() throws SQLException {
    return session.number("SELECT folder FROM replica_folder WHERE role = 'trash'").orElse(0);
  }

  /** Settles when there is much to settle. */
  void settleIfLarge() throws SQLException {
    if (units.size() >= MOST_UNITS) {
      settle();
    }
  }

  /** Writes all Emails that were worked on, and their Threads. */
  void settle() throws SQLException {
    new Settlement(this).settle();
    units.clear();
    settledThreads = counters.lastThread();
  }

  /** Whether none of a Thread's Emails has been written yet. */
  boolean isNewThread(long thread) {
    return thread > settledThreads;
  }

  /** Writes everything that is still open, and tells the state that results. */
  ReplicaState finish() throws SQLException {
    settle();
    counts.store(session, counters);
    return counters.store(session);
  }
}
