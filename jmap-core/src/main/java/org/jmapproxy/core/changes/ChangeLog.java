package org.jmapproxy.core.changes;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;

/**
 * Remembers in memory what happened to the objects of one type in one account, and answers /changes
 * from it. A simple backend tells it every change, in the order in which the changes take effect,
 * and registers it as the type's {@link ChangesRole}.
 *
 * <p>States read {@code <epoch>-<sequence>}. The epoch is random, so the states of an earlier
 * process are not mistaken for ours: they are answered with {@code cannotCalculateChanges}, and so
 * are states older than what the log still holds. Thread-safe.
 */
public final class ChangeLog implements ChangesRole {

  private static final int DEFAULT_CAPACITY = 100_000;

  private final int capacity;
  private final String epoch = Long.toString(new SecureRandom().nextLong() >>> 16, 36);
  private final TreeMap<Long, Event> events = new TreeMap<>();
  private final Map<Id, Long> lastUpdates = new HashMap<>();
  private long sequence;
  private long forgotten;

  /** A log that holds the last 100,000 changes. */
  public ChangeLog() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * A log.
   *
   * @param capacity how many changes it holds before it forgets the oldest; at least 1
   */
  public ChangeLog(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a change log holds at least one change");
    }
    this.capacity = capacity;
  }

  /** An object was created; also one that was destroyed before. */
  public synchronized State created(Id id) {
    return record(new Event(Event.Kind.CREATED, id, Optional.empty()));
  }

  /** An object was changed, and nothing is known about which properties. */
  public synchronized State updated(Id id) {
    return updated(id, Optional.empty());
  }

  /**
   * An object was changed in these properties alone, which clients that ask for {@code
   * updatedProperties} are told.
   */
  public synchronized State updated(Id id, Set<String> properties) {
    return updated(id, Optional.of(properties));
  }

  /** An object was destroyed. */
  public synchronized State destroyed(Id id) {
    forgetUpdate(id);
    return record(new Event(Event.Kind.DESTROYED, id, Optional.empty()));
  }

  /** The state after the last change. */
  public synchronized State state() {
    return stateAt(sequence);
  }

  /**
   * What happened since a state, as {@link ChangesRole#changes} describes it: an object that was
   * created and destroyed meanwhile is not mentioned; one that was destroyed and created again
   * counts as updated.
   */
  public synchronized Optional<Changes> since(State state, int maxChanges) {
    return sequenceOf(state)
        .filter(since -> since >= forgotten && since <= sequence)
        .map(since -> page(since, maxChanges));
  }

  @Override
  public State state(CallContext context) {
    return state();
  }

  @Override
  public Optional<Changes> changes(CallContext context, State since, int maxChanges) {
    return since(since, maxChanges);
  }

  private Changes page(long since, int maxChanges) {
    FoldedChanges folded = new FoldedChanges();
    long reached = since;
    for (Map.Entry<Long, Event> entry : events.tailMap(since, false).entrySet()) {
      if (!folded.addIfWithin(entry.getValue(), maxChanges)) {
        return folded.toChanges(stateAt(since), stateAt(reached), true);
      }
      reached = entry.getKey();
    }
    return folded.toChanges(stateAt(since), stateAt(sequence), false);
  }

  private State updated(Id id, Optional<Set<String>> properties) {
    Optional<Event> superseded = forgetUpdate(id);
    Optional<Set<String>> all =
        superseded.isEmpty()
            ? properties
            : FoldedChanges.union(superseded.get().properties(), properties);
    State state = record(new Event(Event.Kind.UPDATED, id, all));
    lastUpdates.put(id, sequence);
    return state;
  }

  /** Of several updates only the last is kept: whoever asks from before either is told by it. */
  private Optional<Event> forgetUpdate(Id id) {
    return Optional.ofNullable(lastUpdates.remove(id)).map(events::remove);
  }

  private State record(Event event) {
    sequence++;
    events.put(sequence, event);
    while (events.size() > capacity) {
      Map.Entry<Long, Event> oldest = events.pollFirstEntry();
      forgotten = oldest.getKey();
      lastUpdates.remove(oldest.getValue().id(), forgotten);
    }
    return stateAt(sequence);
  }

  private State stateAt(long at) {
    return State.of(epoch + "-" + at);
  }

  private Optional<Long> sequenceOf(State state) {
    String prefix = epoch + "-";
    if (!state.value().startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(state.value().substring(prefix.length())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
