package org.jmapproxy.core.push;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.StateChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where backends publish state changes and listeners hear of them. Thread-safe; a listener that
 * throws is logged and keeps nobody else from hearing.
 */
public final class ChangeBus {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeBus.class);

  private final ConcurrentHashMap<Id, List<Consumer<StateChange>>> listeners =
      new ConcurrentHashMap<>();

  /** Tells the listeners of the account, on the calling thread. */
  public void publish(StateChange change) {
    for (Consumer<StateChange> listener : listeners.getOrDefault(change.accountId(), List.of())) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        LOG.error("a listener to the changes of account {} failed", change.accountId(), e);
      }
    }
  }

  /** Whether anybody listens to the account. */
  public boolean hasListeners(Id accountId) {
    return !listeners.getOrDefault(accountId, List.of()).isEmpty();
  }

  /** The role through which the engine hears of the changes of one account. */
  public ChangeSignals signals(Id accountId) {
    return listener -> {
      listeners.compute(
          accountId,
          (id, list) -> {
            List<Consumer<StateChange>> known = list == null ? new CopyOnWriteArrayList<>() : list;
            known.add(listener);
            return known;
          });
      return () ->
          listeners.computeIfPresent(
              accountId,
              (id, list) -> {
                list.remove(listener);
                return list.isEmpty() ? null : list;
              });
    };
  }
}
