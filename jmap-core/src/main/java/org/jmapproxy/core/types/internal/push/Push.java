package org.jmapproxy.core.types.internal.push;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.types.PushSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Push subscriptions at work: each has a {@link Courier}, each principal that has a verified one a
 * {@link Listening}. Thread-safe.
 */
public final class Push {

  private static final Logger LOG = LoggerFactory.getLogger(Push.class);

  /** How often expired subscriptions are removed and accounts listened to anew. */
  static final Duration TIDYING = Duration.ofMinutes(1);

  /** Between two principals whose accounts are woken at the start. */
  static final Duration SPREAD = Duration.ofMillis(100);

  private final PushSurroundings surroundings;
  private final PushLanes lanes;
  private final Subscriptions subscriptions;
  private final VerificationBudget budget;
  private final Map<Id, Courier> couriers = new ConcurrentHashMap<>();
  private final Map<String, Listening> listenings = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Nothing is taken up before {@link #start}. */
  public Push(PushSurroundings surroundings) {
    this.surroundings = surroundings;
    lanes = new PushLanes(surroundings.executor());
    subscriptions = new Subscriptions(surroundings.store(), surroundings.clock());
    budget = new VerificationBudget(surroundings.clock());
  }

  /** The roles that serve the type. */
  public Roles roles() {
    ReadRole<PushSubscription> reading =
        (context, request) -> {
          List<PushSubscription> own = subscriptions.of(context.principal().name());
          return request
              .ids()
              .map(ids -> own.stream().filter(one -> ids.contains(one.id())).toList())
              .orElse(own);
        };
    return Roles.builder()
        .with(PushSubscriptionType.TYPE.readRole(), reading)
        .with(
            PushSubscriptionType.TYPE.writeRole(),
            new SubscriptionWriting(this, surroundings, subscriptions, budget))
        .build();
  }

  /** Takes up what the store has; accounts are woken one principal after the other. */
  public void start() {
    subscriptions.load();
    subscriptions.removeExpired();
    subscriptions.all().forEach(one -> couriers.put(one.id(), courier(one.id())));
    Map<String, Principal> toWake =
        subscriptions.all().stream()
            .filter(PushSubscription::verified)
            .map(PushSubscription::principal)
            .collect(Collectors.toMap(Principal::name, one -> one, (one, other) -> one));
    wake(toWake.values().iterator());
    tidyLater();
  }

  /** Destroys all subscriptions of a principal. */
  public void end(String principalName) {
    for (PushSubscription one : subscriptions.of(principalName)) {
      subscriptions.removeOrLog(one.id());
      couriers.remove(one.id());
    }
    Optional.ofNullable(listenings.get(principalName)).ifPresent(this::refreshLater);
  }

  /** Listens anew to an account. */
  public void accountChanged(Id accountId) {
    listenings.forEach(
        (name, listening) -> {
          if (name.equals(accountId.value()) || listening.hears(accountId)) {
            refreshLater(listening);
          }
        });
  }

  /** How many subscriptions there are. */
  public int count() {
    return subscriptions.all().size();
  }

  /** Stops; the store keeps what it has. */
  public void close() {
    closed = true;
    listenings.values().forEach(Listening::close);
  }

  /** Keeps a new subscription and asks its client to verify it. */
  void add(PushSubscription made) {
    subscriptions.add(made);
    Courier courier = courier(made.id());
    couriers.put(made.id(), courier);
    courier.verify(made);
  }

  /** Changes a subscription; empty if there is none. */
  Optional<PushSubscription> change(Id id, UnaryOperator<PushSubscription> how) {
    Optional<PushSubscription> changed = subscriptions.change(id, how);
    changed.filter(PushSubscription::verified).ifPresent(this::listen);
    return changed;
  }

  /** Forgets a subscription. */
  void remove(PushSubscription one) {
    subscriptions.remove(one.id());
    couriers.remove(one.id());
    Optional.ofNullable(listenings.get(one.principal().name())).ifPresent(this::refreshLater);
  }

  private Courier courier(Id id) {
    return new Courier(
        surroundings,
        lanes,
        () -> closed ? Optional.empty() : subscriptions.find(id),
        () -> gone(id));
  }

  private void gone(Id id) {
    Optional<PushSubscription> known = subscriptions.find(id);
    subscriptions.removeOrLog(id);
    couriers.remove(id);
    known.map(one -> listenings.get(one.principal().name())).ifPresent(this::refreshLater);
  }

  private void listen(PushSubscription verified) {
    refreshLater(listening(verified.principal()));
  }

  private Listening listening(Principal principal) {
    String name = principal.name();
    return listenings.computeIfAbsent(
        name,
        key ->
            new Listening(
                surroundings,
                principal,
                () ->
                    !closed && subscriptions.of(name).stream().anyMatch(PushSubscription::verified),
                change -> tell(name, change)));
  }

  private void tell(String principalName, StateChange change) {
    for (PushSubscription one : subscriptions.of(principalName)) {
      Optional.ofNullable(couriers.get(one.id())).ifPresent(courier -> courier.changed(change));
    }
  }

  private void wake(Iterator<Principal> principals) {
    if (principals.hasNext() && !closed) {
      refreshLater(listening(principals.next()));
      surroundings.timer().after(SPREAD, () -> wake(principals));
    }
  }

  private void tidyLater() {
    surroundings
        .timer()
        .after(
            TIDYING,
            () -> {
              if (!closed) {
                later(this::tidy);
                tidyLater();
              }
            });
  }

  private void tidy() {
    subscriptions.removeExpired();
    budget.tidy();
    couriers.keySet().removeIf(id -> subscriptions.find(id).isEmpty());
    listenings.values().forEach(Listening::refresh);
  }

  private void refreshLater(Listening listening) {
    later(listening::refresh);
  }

  private void later(Runnable task) {
    try {
      surroundings.executor().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("push does nothing more: the application stops");
    }
  }
}
