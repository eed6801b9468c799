package org.jmapproxy.core.internal.push;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.StateChange;

/**
 * The states that a client has been told. An event id is the list of the marks of all of them, so
 * that a client that comes back is told exactly what it missed. Not thread-safe.
 */
final class SeenStates {

  /** Ids of more marks than this are shortened to one mark of all: then any change repeats all. */
  private static final int MAX_MARKS = 256;

  private final Set<String> types;
  private final Map<Id, Map<String, State>> states = new TreeMap<>();

  /**
   * Nothing seen yet.
   *
   * @param types the types of interest; empty: all
   */
  SeenStates(Set<String> types) {
    this.types = types;
  }

  /** Remembers states; returns those that were not known. */
  List<StateChange> record(List<StateChange> changes) {
    List<StateChange> news = new ArrayList<>();
    for (StateChange change : changes) {
      Map<String, State> known = states.computeIfAbsent(change.accountId(), id -> new TreeMap<>());
      Map<String, State> fresh = new LinkedHashMap<>();
      change
          .states()
          .forEach(
              (type, state) -> {
                if (isOfInterest(type) && !state.equals(known.put(type, state))) {
                  fresh.put(type, state);
                }
              });
      if (!fresh.isEmpty()) {
        news.add(new StateChange(change.accountId(), fresh));
      }
    }
    return news;
  }

  /** The states that are not those of an event id. */
  List<StateChange> missedSince(String eventId) {
    List<String> marks = marks();
    if (marks.size() > MAX_MARKS) {
      return eventId.equals(eventId()) ? List.of() : news(Set.of());
    }
    return news(new HashSet<>(StateMark.split(eventId)));
  }

  /** Encodes all states seen. */
  String eventId() {
    List<String> marks = marks();
    String all = String.join("", marks);
    return marks.size() > MAX_MARKS ? StateMark.ofAll(all) : all;
  }

  private List<StateChange> news(Set<String> knownMarks) {
    List<StateChange> news = new ArrayList<>();
    states.forEach(
        (accountId, byType) -> {
          Map<String, State> missed = new TreeMap<>(byType);
          missed
              .entrySet()
              .removeIf(
                  one ->
                      knownMarks.contains(StateMark.of(accountId, one.getKey(), one.getValue())));
          if (!missed.isEmpty()) {
            news.add(new StateChange(accountId, missed));
          }
        });
    return news;
  }

  private List<String> marks() {
    List<String> marks = new ArrayList<>();
    states.forEach(
        (accountId, byType) ->
            byType.forEach((type, state) -> marks.add(StateMark.of(accountId, type, state))));
    return marks;
  }

  private boolean isOfInterest(String type) {
    return types.isEmpty() || types.contains(type);
  }
}
