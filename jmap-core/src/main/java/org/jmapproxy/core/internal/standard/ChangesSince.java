package org.jmapproxy.core.internal.standard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;

/** The changes of a type since a state that a client gave. */
final class ChangesSince {

  /** How many pages, and how many ids, one call gathers at most. */
  private static final int MAX_PAGES = 64;

  private static final int PAGE_SIZE = 4096;
  private static final int MAX_IDS = 65_536;

  private ChangesSince() {}

  /** The next page of changes; empty when they cannot be told. */
  static Optional<Changes> page(TypeCall<?, ?, ?> call, String since, int maxChanges) {
    if (since.isEmpty()) {
      return Optional.empty();
    }
    State state = State.of(since);
    Optional<ChangesRole> role = call.changes();
    if (role.isEmpty()) {
      return call.state().equals(state) ? Optional.of(Changes.none(state)) : Optional.empty();
    }
    return role.get()
        .changes(call.callContext(), state, maxChanges)
        .filter(changes -> changes.size() <= maxChanges);
  }

  /** All changes up to now in one; empty when they cannot be told or are too many. */
  static Optional<Changes> all(TypeCall<?, ?, ?> call, String since) {
    Set<Id> created = new LinkedHashSet<>();
    Set<Id> updated = new LinkedHashSet<>();
    Set<Id> destroyed = new LinkedHashSet<>();
    String from = since;
    for (int i = 0; i < MAX_PAGES; i++) {
      Optional<Changes> page = page(call, from, PAGE_SIZE);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      Changes changes = page.get();
      if (i == 0 && !changes.hasMoreChanges()) {
        return page;
      }
      created.addAll(changes.created());
      changes.updated().stream().filter(id -> !created.contains(id)).forEach(updated::add);
      destroyed.addAll(changes.destroyed());
      if (created.size() + updated.size() + destroyed.size() > MAX_IDS) {
        return Optional.empty();
      }
      if (!changes.hasMoreChanges()) {
        created.removeAll(destroyed);
        updated.removeAll(destroyed);
        State old = State.of(since);
        return Optional.of(
            new Changes(
                old,
                changes.newState(),
                false,
                List.copyOf(created),
                List.copyOf(updated),
                List.copyOf(destroyed),
                Optional.empty()));
      }
      from = changes.newState().value();
    }
    return Optional.empty();
  }
}
