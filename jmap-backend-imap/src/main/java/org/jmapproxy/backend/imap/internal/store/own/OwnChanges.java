package org.jmapproxy.backend.imap.internal.store.own;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.backend.imap.internal.store.mail.ReplicaState;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.StateChange;

/**
 * Writes down what happens to the objects of one type, and tells it. States begin with the epoch of
 * the replica: whatever makes its states untrustworthy may have cost rows here too.
 */
final class OwnChanges implements ChangesRole {

  private static final int CREATED = 1;
  private static final int UPDATED = 2;
  private static final int DESTROYED = 3;
  private static final int MOST_KEPT = 50_000;

  private final Id accountId;
  private final Database database;
  private final OwnType type;

  OwnChanges(Id accountId, Database database, OwnType type) {
    this.accountId = accountId;
    this.database = database;
    this.type = type;
  }

  /** Writes down that an object appeared, changed or went for clients. */
  void note(Session session, Id id, boolean before, boolean after) throws SQLException {
    if (before || after) {
      session.update(
          "INSERT INTO own_change (type, id, kind) VALUES (?, ?, ?)",
          type.code(),
          id.value(),
          !before ? CREATED : after ? UPDATED : DESTROYED);
    }
  }

  /** What to publish after changes. */
  Committed committed(Session session) throws SQLException {
    return new Committed(
        Optional.of(
            new StateChange(accountId, Map.of(type.typeName(), stateAt(session, last(session))))));
  }

  /** Nothing to publish. */
  static Committed nothing() {
    return new Committed(Optional.empty());
  }

  @Override
  public State state(CallContext context) {
    return database.read(session -> stateAt(session, last(session)));
  }

  @Override
  public Optional<Changes> changes(CallContext context, State since, int maxChanges) {
    return database.read(
        session -> {
          String prefix = ReplicaState.read(session).epoch() + "-";
          String value = since.value();
          if (!value.startsWith(prefix)
              || !value.substring(prefix.length()).matches("[0-9]{1,18}")) {
            return Optional.empty();
          }
          long from = Long.parseLong(value.substring(prefix.length()));
          long last = last(session);
          boolean isKnown = from == last || (from < last && from >= last - MOST_KEPT);
          return isKnown
              ? Optional.of(changes(session, since, from, last, maxChanges))
              : Optional.empty();
        });
  }

  /** Forgets what happened long ago; the latest change stays, as it is the state. */
  void tidy(Session session) throws SQLException {
    session.update(
        "DELETE FROM own_change WHERE type = ? AND seq <= ? - "
            + MOST_KEPT
            + " AND seq < (SELECT max(seq) FROM own_change WHERE type = ?)",
        type.code(),
        last(session),
        type.code());
  }

  private Changes changes(Session session, State since, long from, long last, int maxChanges)
      throws SQLException {
    Map<String, Fate> fates = new LinkedHashMap<>();
    long[] reached = {from};
    boolean[] isCut = {false};
    session.walk(
        "SELECT seq, id, kind FROM own_change WHERE type = ? AND seq > ? ORDER BY seq",
        row -> {
          String id = row.getString(2);
          if (!fates.containsKey(id) && fates.size() == maxChanges) {
            isCut[0] = true;
            return false;
          }
          int kind = row.getInt(3);
          fates.merge(
              id,
              new Fate(kind != CREATED, kind != DESTROYED),
              (before, now) -> new Fate(before.existed(), now.exists()));
          reached[0] = row.getLong(1);
          return true;
        },
        type.code(),
        from);
    State to = stateAt(session, isCut[0] ? reached[0] : last);
    return told(since, to, isCut[0], fates);
  }

  private static Changes told(State since, State to, boolean hasMore, Map<String, Fate> fates) {
    List<Id> created = new ArrayList<>();
    List<Id> updated = new ArrayList<>();
    List<Id> destroyed = new ArrayList<>();
    fates.forEach(
        (id, fate) -> {
          if (fate.existed()) {
            (fate.exists() ? updated : destroyed).add(Id.of(id));
          } else if (fate.exists()) {
            created.add(Id.of(id));
          }
        });
    return new Changes(since, to, hasMore, created, updated, destroyed, Optional.empty());
  }

  private long last(Session session) throws SQLException {
    return session.number("SELECT max(seq) FROM own_change WHERE type = ?", type.code()).orElse(0);
  }

  private static State stateAt(Session session, long seq) throws SQLException {
    return State.of(ReplicaState.read(session).epoch() + "-" + seq);
  }

  /** What became of an object between two states. */
  private record Fate(boolean existed, boolean exists) {}
}
