package org.jmapproxy.core.types.internal.push;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets so many pushes wait for their answer at a time, and few of one principal, so that slow push
 * services of one delay nobody else. Thread-safe.
 */
final class PushLanes {

  private static final Logger LOG = LoggerFactory.getLogger(PushLanes.class);
  private static final int AT_ONCE = 32;
  private static final int AT_ONCE_OF_ONE = 2;

  private record Waiting(String principal, Runnable push) {}

  private final Executor executor;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final Map<String, Integer> underWay = new HashMap<>();
  private int all;

  PushLanes(Executor executor) {
    this.executor = executor;
  }

  /** Runs a push as soon as there is room; never blocks. */
  void submit(String principal, Runnable push) {
    synchronized (this) {
      queue.add(new Waiting(principal, push));
    }
    fill();
  }

  private void fill() {
    for (Optional<Waiting> next = next(); next.isPresent(); next = next()) {
      Waiting waiting = next.get();
      try {
        executor.execute(() -> run(waiting));
      } catch (RejectedExecutionException e) {
        done(waiting);
        LOG.debug("a push is given up: the application stops");
      }
    }
  }

  private void run(Waiting waiting) {
    try {
      waiting.push().run();
    } catch (RuntimeException e) {
      LOG.error("a push failed", e);
    } finally {
      done(waiting);
    }
    fill();
  }

  private synchronized Optional<Waiting> next() {
    if (all == AT_ONCE) {
      return Optional.empty();
    }
    Iterator<Waiting> inOrder = queue.iterator();
    while (inOrder.hasNext()) {
      Waiting waiting = inOrder.next();
      if (underWay.getOrDefault(waiting.principal(), 0) < AT_ONCE_OF_ONE) {
        inOrder.remove();
        underWay.merge(waiting.principal(), 1, Integer::sum);
        all++;
        return Optional.of(waiting);
      }
    }
    return Optional.empty();
  }

  private synchronized void done(Waiting waiting) {
    all--;
    underWay.computeIfPresent(waiting.principal(), (name, count) -> count == 1 ? null : count - 1);
  }
}
