package org.jmapproxy.backend.passthrough.internal.push;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.spi.StateChange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The states of an account's types as far as they are known, from whichever side they were heard;
 * those that are news are published. Thread-safe.
 */
final class KnownStates {

  private static final int MOST_TYPES = 200;
  private static final int LONGEST = 1000;

  private final Id accountId;
  private final ChangeBus bus;
  private final Map<String, State> states = new TreeMap<>();
  private volatile boolean somebodyWaits;

  KnownStates(Id accountId, ChangeBus bus) {
    this.accountId = accountId;
    this.bus = bus;
  }

  synchronized Map<String, State> all() {
    return new TreeMap<>(states);
  }

  /** Hears of changes: every other state is news. */
  void changed(Map<String, State> heard) {
    record(heard, (type, wasKnown) -> true);
  }

  /** Hears how things are: that is news only where something else was known, or somebody waits. */
  void looked(Map<String, State> seen) {
    boolean awaited = somebodyWaits;
    somebodyWaits = somebodyWaits && seen.isEmpty();
    record(seen, (type, wasKnown) -> wasKnown || awaited);
  }

  /** Somebody could not be told the states, and is to hear of the next that become known. */
  void tellTheNext() {
    somebodyWaits = true;
  }

  /**
   * Hears responses on their way to a client.
   *
   * @return whether something was written
   */
  boolean learn(List<Invocation> responses) {
    Map<String, State> seen = new TreeMap<>();
    Map<String, State> written = new TreeMap<>();
    for (Invocation response : responses) {
      int slash = response.name().indexOf('/');
      if (slash > 0) {
        String type = response.name().substring(0, slash);
        learn(type, response.name().substring(slash + 1), response.arguments(), seen, written);
      }
    }
    record(seen, (type, wasKnown) -> wasKnown);
    changed(written);
    return !written.isEmpty();
  }

  /** A state from another server, if it is one. */
  static void put(Map<String, State> states, String type, JsonNode state) {
    if (state.isString()
        && !state.stringValue().isEmpty()
        && state.stringValue().length() <= LONGEST
        && type.length() <= LONGEST
        && states.size() < MOST_TYPES) {
      states.put(type, State.of(state.stringValue()));
    }
  }

  private static void learn(
      String type,
      String method,
      ObjectNode arguments,
      Map<String, State> seen,
      Map<String, State> written) {
    switch (method) {
      case "get" -> put(seen, type, arguments.path("state"));
      case "changes" -> {
        if (!arguments.path("hasMoreChanges").asBoolean(false)) {
          put(seen, type, arguments.path("newState"));
        }
      }
      case "set", "copy", "import" -> {
        if (!arguments.path("newState").equals(arguments.path("oldState"))) {
          put(written, type, arguments.path("newState"));
        }
      }
      default -> {}
    }
  }

  private void record(Map<String, State> heard, BiPredicate<String, Boolean> isNews) {
    Map<String, State> news = new TreeMap<>();
    synchronized (this) {
      heard.forEach(
          (type, state) -> {
            if (!states.containsKey(type) && states.size() >= MOST_TYPES) {
              return;
            }
            State before = states.put(type, state);
            if (!state.equals(before) && isNews.test(type, before != null)) {
              news.put(type, state);
            }
          });
    }
    if (!news.isEmpty()) {
      bus.publish(new StateChange(accountId, news));
    }
  }
}
