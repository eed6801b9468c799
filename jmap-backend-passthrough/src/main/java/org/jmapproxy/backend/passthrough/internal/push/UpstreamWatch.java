package org.jmapproxy.backend.passthrough.internal.push;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.spi.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches an upstream while somebody listens: by its event stream, connected again whenever it
 * ends; by looking from time to time where it has none. Thread-safe.
 */
final class UpstreamWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamWatch.class);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(3);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
  private static final int LOOKS_WITHOUT_EVENTS = 60;

  private final UpstreamEvents events;
  private final StatePoll poll;
  private final KnownStates known;
  private final ThreadFactory threads;
  private final Duration pollInterval;
  private int listeners;
  private boolean running;
  private boolean closed;
  private boolean soon;
  private @Nullable CountDownLatch firstLook;

  UpstreamWatch(
      UpstreamEvents events,
      StatePoll poll,
      KnownStates known,
      ThreadFactory threads,
      Duration pollInterval) {
    this.events = events;
    this.poll = poll;
    this.known = known;
    this.threads = threads;
    this.pollInterval = pollInterval;
  }

  /** Watches until the answer is closed, and all others like it. */
  synchronized Subscription begin() {
    listeners++;
    events.reopen();
    if (!running && !closed) {
      running = true;
      firstLook = new CountDownLatch(1);
      threads.newThread(this::run).start();
    }
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        end();
      }
    };
  }

  /**
   * Waits a moment for the first look since the watch began; does not wait if there is none.
   *
   * @return whether it is over
   */
  boolean awaitFirstLook() {
    CountDownLatch look = look();
    try {
      return look == null || look.await(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Does not wait for the next time to look, if we are looking at all. */
  synchronized void lookSoon() {
    soon = true;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    events.end();
    notifyAll();
  }

  private synchronized @Nullable CountDownLatch look() {
    return firstLook;
  }

  private synchronized void end() {
    listeners--;
    if (listeners == 0) {
      events.end();
      notifyAll();
    }
  }

  /** Whether to go on; if not, the next listener begins anew. */
  private synchronized boolean goesOn() {
    running = listeners > 0 && !closed;
    return running;
  }

  private void run() {
    Duration pause = SHORTEST_PAUSE;
    while (goesOn()) {
      try {
        if (events.listen(this::lookNow)) {
          pause = SHORTEST_PAUSE;
          rest(events.retry().orElse(SHORTEST_PAUSE));
        } else {
          lookAgainAndAgain();
        }
      } catch (BackendException e) {
        LOG.debug("an upstream is not watched now: {}", e.getMessage());
        looked();
        rest(pause);
        pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      } catch (RuntimeException e) {
        LOG.error("an upstream is not watched now", e);
        looked();
        rest(LONGEST_PAUSE);
      }
    }
  }

  /** For a while; then it is time to try whether there are events now. */
  private void lookAgainAndAgain() {
    for (int i = 0; i < LOOKS_WITHOUT_EVENTS && goesOn(); i++) {
      lookNow();
      rest(pollInterval);
    }
  }

  private void lookNow() {
    try {
      known.looked(poll.states());
    } finally {
      looked();
    }
  }

  private void looked() {
    CountDownLatch look = look();
    if (look != null) {
      look.countDown();
    }
  }

  /** Rests, a little longer or shorter than others, unless something is to be done. */
  private synchronized void rest(Duration duration) {
    long shortest = Math.max(100, min(duration, LONGEST_PAUSE).toMillis());
    long until =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(
                shortest + ThreadLocalRandom.current().nextLong(shortest / 4 + 1));
    try {
      for (long left = until - System.nanoTime();
          left > 0 && !soon && listeners > 0 && !closed;
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
    soon = false;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
