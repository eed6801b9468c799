package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;

/**
 * Tells the changes of one type out of the sequence numbers that its rows took. A page goes from
 * one number to another; an object is compared at both ends by the lives that it had.
 */
final class TypeChanges implements ChangesRole {

  private final Database database;
  private final ReplicaCommits commits;
  private final ObjectType type;
  private final ChangeRows rows;

  TypeChanges(Database database, ReplicaCommits commits, ObjectType type) {
    this.database = database;
    this.commits = commits;
    this.type = type;
    this.rows = ChangeRows.of(type);
  }

  @Override
  public State state(CallContext context) {
    State state = commits.states().get(type.typeName());
    if (state == null) {
      throw new IllegalStateException("there is no state of " + type);
    }
    return state;
  }

  @Override
  public Optional<Changes> changes(CallContext context, State since, int maxChanges) {
    return database.read(
        session -> {
          ReplicaState now = ReplicaState.read(session);
          OptionalLong from = numberOf(since, now);
          if (from.isEmpty()) {
            return Optional.empty();
          }
          return Optional.of(changes(session, now, since, from.getAsLong(), maxChanges));
        });
  }

  private OptionalLong numberOf(State since, ReplicaState now) {
    String value = since.value();
    String prefix = now.epoch() + "-";
    if (!value.startsWith(prefix) || !value.substring(prefix.length()).matches("[0-9]{1,18}")) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(value.substring(prefix.length()));
    return number >= now.floorSeq() && number <= now.seqOf(type)
        ? OptionalLong.of(number)
        : isCurrent(number, now);
  }

  /** The current state stays good even when all older ones are forgotten. */
  private OptionalLong isCurrent(long number, ReplicaState now) {
    return number == now.seqOf(type) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  private Changes changes(Session session, ReplicaState now, State since, long from, int maxChanges)
      throws SQLException {
    long current = now.seqOf(type);
    long start = from;
    while (true) {
      Window window = window(session, start, current, maxChanges);
      Folded folded = new Folded();
      for (String id : window.ids()) {
        folded.add(id, rows.lives(session, id), from, window.to());
      }
      boolean isLast = window.to() == current;
      if (isLast || folded.size() > 0) {
        return folded.changes(since, now.stateAt(window.to()), !isLast);
      }
      start = window.to();
    }
  }

  /** The objects with a change after a number, up to the number at which there are enough. */
  private Window window(Session session, long after, long current, int maxChanges)
      throws SQLException {
    int limit = maxChanges == Integer.MAX_VALUE ? maxChanges : maxChanges + 1;
    Set<String> ids = new LinkedHashSet<>();
    long to = after;
    for (ChangeRows.Event event : rows.events(session, after, limit)) {
      if (!ids.contains(event.id()) && ids.size() == maxChanges) {
        return new Window(ids, to);
      }
      ids.add(event.id());
      to = event.seq();
      limit--;
    }
    return new Window(ids, limit > 0 ? current : to);
  }

  private record Window(Set<String> ids, long to) {}

  /** Collects what became of objects between two states. */
  private static final class Folded {

    private final List<Id> created = new ArrayList<>();
    private final Map<Id, Boolean> updated = new LinkedHashMap<>();
    private final List<Id> destroyed = new ArrayList<>();

    void add(String value, ChangeRows.Lives lives, long from, long to) {
      Id id = Id.of(value);
      boolean before = lives.existedAt(from);
      boolean after = lives.existedAt(to);
      if (!before && after) {
        created.add(id);
      } else if (before && !after) {
        destroyed.add(id);
      } else if (before && lives.changedBetween(from, to)) {
        updated.put(id, lives.onlyCountsBetween(from, to));
      }
    }

    int size() {
      return created.size() + updated.size() + destroyed.size();
    }

    Changes changes(State since, State to, boolean hasMore) {
      boolean onlyCounts = !updated.isEmpty() && !updated.containsValue(false);
      return new Changes(
          since,
          to,
          hasMore,
          created,
          List.copyOf(updated.keySet()),
          destroyed,
          onlyCounts ? Optional.of(ChangeRows.COUNT_PROPERTIES) : Optional.empty());
    }
  }
}
