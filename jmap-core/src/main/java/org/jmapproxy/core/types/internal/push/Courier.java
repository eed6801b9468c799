package org.jmapproxy.core.types.internal.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.types.PushObserver.Outcome;
import org.jmapproxy.core.types.PushSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings state changes to one subscription: gathers what changes together, posts one message at a
 * time and not too often, and keeps what could not be delivered for the next one. The pause between
 * two messages grows while the push service fails or asks for that. Thread-safe; never blocks who
 * tells of a change.
 */
final class Courier {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** How long a change waits for others of the same action. */
  static final Duration GATHERING = Duration.ofMillis(200);

  /** The least time between two messages. */
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);

  /** What the pause grows to at most, unless the push service asks for more. */
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final PushSurroundings surroundings;
  private final PushLanes lanes;
  private final Supplier<Optional<PushSubscription>> subscription;
  private final Runnable whenGone;
  private final Map<Id, Map<String, State>> pending = new TreeMap<>();
  private final Map<Id, Map<String, State>> told = new TreeMap<>();
  private Duration pause = SHORTEST_PAUSE;
  private Instant notBefore = Instant.EPOCH;
  private boolean busy;

  /**
   * A courier with nothing to do.
   *
   * @param subscription the subscription as it is now; empty once it has ended
   * @param whenGone called when the push service does not know the subscription
   */
  Courier(
      PushSurroundings surroundings,
      PushLanes lanes,
      Supplier<Optional<PushSubscription>> subscription,
      Runnable whenGone) {
    this.surroundings = surroundings;
    this.lanes = lanes;
    this.subscription = subscription;
    this.whenGone = whenGone;
  }

  /** Asks the client to verify, at once (RFC 8620 section 7.2.2). */
  void verify(PushSubscription unverified) {
    lanes.submit(
        unverified.principal().name(),
        () -> {
          PushAnswer answer =
              PushAnswer.to(PushMessage.verification(unverified, now()), surroundings.http());
          tell(unverified, "verification", answer);
        });
  }

  /** Hears of a change. */
  void changed(StateChange change) {
    Optional<PushSubscription> current = subscription.get().filter(PushSubscription::verified);
    if (current.isPresent()) {
      synchronized (this) {
        change
            .states()
            .forEach((type, state) -> note(current.get(), change.accountId(), type, state));
        setOut();
      }
    }
  }

  private void note(PushSubscription current, Id accountId, String type, State state) {
    if (current.wants(type) && !state.equals(told.getOrDefault(accountId, Map.of()).get(type))) {
      pending.computeIfAbsent(accountId, id -> new TreeMap<>()).put(type, state);
    }
  }

  private synchronized void setOut() {
    if (busy || pending.isEmpty()) {
      return;
    }
    busy = true;
    Duration rest = Duration.between(now(), notBefore);
    Duration delay = rest.compareTo(GATHERING) > 0 ? rest : GATHERING;
    surroundings.timer().after(delay, this::due);
  }

  private void due() {
    subscription
        .get()
        .ifPresentOrElse(
            current -> lanes.submit(current.principal().name(), this::deliver), this::rest);
  }

  private void deliver() {
    Optional<PushSubscription> current = subscription.get().filter(PushSubscription::verified);
    if (current.isEmpty()) {
      rest();
      return;
    }
    Map<Id, Map<String, State>> news = take(current.get());
    if (news.isEmpty()) {
      free();
      setOut();
      return;
    }
    PushAnswer answer =
        PushAnswer.to(PushMessage.stateChange(current.get(), now(), news), surroundings.http());
    settle(answer, news);
    tell(current.get(), "state change", answer);
    setOut();
  }

  /** What to tell, without types that the client has lost interest in. */
  private synchronized Map<Id, Map<String, State>> take(PushSubscription current) {
    Map<Id, Map<String, State>> news = new TreeMap<>();
    pending.forEach(
        (accountId, states) -> {
          states.keySet().removeIf(type -> !current.wants(type));
          if (!states.isEmpty()) {
            news.put(accountId, states);
          }
        });
    pending.clear();
    return news;
  }

  private synchronized void settle(PushAnswer answer, Map<Id, Map<String, State>> news) {
    busy = false;
    if (answer.outcome() == Outcome.DELIVERED) {
      news.forEach(
          (accountId, states) ->
              told.computeIfAbsent(accountId, id -> new TreeMap<>()).putAll(states));
      pause = SHORTEST_PAUSE;
    } else {
      news.forEach(
          (accountId, states) -> {
            Map<String, State> newer = pending.computeIfAbsent(accountId, id -> new TreeMap<>());
            states.forEach(newer::putIfAbsent);
          });
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
    Duration asked = answer.patience().orElse(Duration.ZERO);
    notBefore = now().plus(asked.compareTo(pause) > 0 ? asked : pause);
  }

  /** There is nobody to tell. */
  private synchronized void rest() {
    busy = false;
    pending.clear();
  }

  private synchronized void free() {
    busy = false;
  }

  private void tell(PushSubscription current, String what, PushAnswer answer) {
    surroundings.observer().pushed(answer.outcome());
    if (answer.outcome() == Outcome.DELIVERED) {
      LOG.debug("Push subscription {}: {} delivered", current.id(), what);
    } else {
      LOG.info("Push subscription {}: {} not delivered: {}", current.id(), what, answer.detail());
    }
    if (answer.outcome() == Outcome.GONE) {
      whenGone.run();
    }
  }

  private Instant now() {
    return surroundings.clock().instant();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
