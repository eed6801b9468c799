package org.jmapproxy.core.types.internal.push;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.types.PushSubscription;
import org.jmapproxy.core.types.PushSubscriptionStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All push subscriptions. Reading asks no store and shows none that has expired; a change is kept
 * before it is seen. Thread-safe.
 */
final class Subscriptions {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

  private final PushSubscriptionStore store;
  private final Clock clock;
  private final Map<Id, PushSubscription> byId = new ConcurrentHashMap<>();
  private final Map<String, Set<Id>> byPrincipal = new ConcurrentHashMap<>();

  Subscriptions(PushSubscriptionStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Takes up what the store has. */
  synchronized void load() {
    store.all().forEach(this::remember);
  }

  Optional<PushSubscription> find(Id id) {
    return Optional.ofNullable(byId.get(id)).filter(one -> one.isLive(clock.instant()));
  }

  List<PushSubscription> all() {
    return byId.values().stream().filter(one -> one.isLive(clock.instant())).toList();
  }

  /** Those of one principal: nobody else sees them (RFC 8620 section 7.2.1). */
  List<PushSubscription> of(String principal) {
    return byPrincipal.getOrDefault(principal, Set.of()).stream()
        .flatMap(id -> find(id).stream())
        .toList();
  }

  synchronized void add(PushSubscription subscription) {
    store.put(subscription);
    remember(subscription);
  }

  private void remember(PushSubscription subscription) {
    byId.put(subscription.id(), subscription);
    byPrincipal
        .computeIfAbsent(subscription.principal().name(), name -> new ConcurrentSkipListSet<>())
        .add(subscription.id());
  }

  /** Changes a subscription; empty if there is none. */
  synchronized Optional<PushSubscription> change(Id id, UnaryOperator<PushSubscription> how) {
    Optional<PushSubscription> changed = find(id).map(how);
    changed.ifPresent(this::add);
    return changed;
  }

  /** Forgets a subscription, as does the store. */
  synchronized void remove(Id id) {
    store.remove(id);
    PushSubscription removed = byId.remove(id);
    if (removed != null) {
      byPrincipal.computeIfPresent(
          removed.principal().name(),
          (name, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
          });
    }
  }

  /** Removes what has expired; what the store fails to forget is tried again at the next call. */
  void removeExpired() {
    for (PushSubscription one : byId.values()) {
      if (!one.isLive(clock.instant())) {
        removeOrLog(one.id());
      }
    }
  }

  /** Removes a subscription on nobody's request. */
  void removeOrLog(Id id) {
    try {
      remove(id);
      LOG.info("Push subscription {} has ended", id);
    } catch (BackendException e) {
      LOG.error("Push subscription {} has ended but is still stored: {}", id, e.getMessage());
    }
  }
}
