package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.spi.StateChange;

/**
 * Tells the world that states moved: at once, but while a first synchronisation floods the replica
 * only every few seconds. Thread-safe.
 */
public final class Publisher {
  private static final Duration LULL = Duration.ofSeconds(2);

  private final Id accountId;
  private final ChangeBus changes;
  private final ScheduledExecutorService timers;
  private final Clock clock;
  private final Map<String, State> waiting = new TreeMap<>();
  private boolean gathering;
  private boolean flushPlanned;
  private Instant lastTold = Instant.MIN;

  /** Has nothing to tell yet. */
  public Publisher(Id accountId, ChangeBus changes, ScheduledExecutorService timers, Clock clock) {
    this.accountId = accountId;
    this.changes = changes;
    this.timers = timers;
    this.clock = clock;
  }

  /** Tells what a transaction changed, if clients can see it. */
  public void publish(Committed committed) {
    committed.change().ifPresent(this::tell);
  }

  /** Whether changes are gathered for a while before they are told. */
  void gather(boolean wanted) {
    synchronized (this) {
      gathering = wanted;
    }
    if (!wanted) {
      flush();
    }
  }

  private void tell(StateChange change) {
    synchronized (this) {
      waiting.putAll(change.states());
      if (gathering && clock.instant().isBefore(lastTold.plus(LULL))) {
        planFlush();
        return;
      }
    }
    flush();
  }

  private void planFlush() {
    if (!flushPlanned) {
      flushPlanned = true;
      try {
        var unused = timers.schedule(this::flush, LULL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        flushPlanned = false;
      }
    }
  }

  private void flush() {
    StateChange change;
    synchronized (this) {
      flushPlanned = false;
      if (waiting.isEmpty()) {
        return;
      }
      change = new StateChange(accountId, waiting);
      waiting.clear();
      lastTold = clock.instant();
    }
    changes.publish(change);
  }
}
