package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.db.Boot;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Database.Durability;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.StateChange;

/**
 * Runs transactions on the replica and knows the states that they lead to. Thread-safe.
 *
 * <p>Commits survive the end of the process but perhaps not a power failure, after which clients
 * may know states that the file does not. So the first commit writes down durably on which boot of
 * the machine the file is in use; {@link #open} gives the states a new epoch when it finds another
 * one.
 */
public final class ReplicaCommits {

  private final Id accountId;
  private final Database database;
  private final Clock clock;
  private final Boot boot;
  private final RandomIds ids;
  private volatile Map<String, State> states;
  private final ReentrantLock publishing = new ReentrantLock();
  private boolean isMarked;

  private ReplicaCommits(
      Id accountId, Database database, Clock clock, Boot boot, RandomIds ids, ReplicaState state) {
    this.accountId = accountId;
    this.database = database;
    this.clock = clock;
    this.boot = boot;
    this.ids = ids;
    this.states = state.states();
  }

  /** Work inside a transaction. */
  @FunctionalInterface
  interface Work {

    /** Does it. */
    void run(ReplicaTransaction tx) throws SQLException;
  }

  /** Makes sure that there is a state, and that it can be trusted. */
  public static ReplicaCommits open(
      Id accountId, Database database, Clock clock, Boot boot, RandomGenerator random) {
    RandomIds ids = new RandomIds(random);
    ReplicaState state =
        database.write(
            Durability.POWER,
            session -> {
              session.update(
                  "INSERT OR IGNORE INTO replica_state (one, epoch, salt, seq, mailbox_seq,"
                      + " thread_seq, email_seq, delivery_seq, floor_seq, last_folder,"
                      + " last_thread, last_email) VALUES (1, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
                  ids.next('s').value(),
                  ids.next('b').value());
              session.update(
                  "UPDATE replica_state SET epoch = ?, open_since_boot = NULL"
                      + " WHERE open_since_boot IS NOT NULL AND open_since_boot <> ?",
                  ids.next('s').value(),
                  boot.id());
              return ReplicaState.read(session);
            });
    return new ReplicaCommits(accountId, database, clock, boot, ids, state);
  }

  /** The current states by type name. */
  public Map<String, State> states() {
    return states;
  }

  Database database() {
    return database;
  }

  Clock clock() {
    return clock;
  }

  /** Does all or nothing. */
  Committed commit(Work work) {
    return commit(Durability.PROCESS, work);
  }

  Committed commit(Durability durability, Work work) {
    publishing.lock();
    try {
      Durability needed = isMarked ? durability : Durability.POWER;
      ReplicaState after = database.write(needed, session -> run(session, work));
      isMarked = true;
      return changed(after.states());
    } finally {
      publishing.unlock();
    }
  }

  private ReplicaState run(Session session, Work work) throws SQLException {
    if (!isMarked) {
      session.update("UPDATE replica_state SET open_since_boot = ?", boot.id());
    }
    ReplicaTransaction tx = new ReplicaTransaction(session, ids, clock.instant());
    work.run(tx);
    return tx.finish();
  }

  /** Says that everything is on the disk; to be called when the account is closed. */
  public void close() {
    publishing.lock();
    try {
      if (isMarked) {
        database.write(
            Durability.POWER,
            session -> session.update("UPDATE replica_state SET open_since_boot = NULL"));
        isMarked = false;
      }
    } finally {
      publishing.unlock();
    }
  }

  private Committed changed(Map<String, State> after) {
    Map<String, State> moved = new TreeMap<>();
    after.forEach(
        (type, state) -> {
          if (!state.equals(states.get(type))) {
            moved.put(type, state);
          }
        });
    states = Map.copyOf(after);
    return new Committed(
        moved.isEmpty() ? Optional.empty() : Optional.of(new StateChange(accountId, moved)));
  }
}
