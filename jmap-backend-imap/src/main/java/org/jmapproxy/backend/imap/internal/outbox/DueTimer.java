package org.jmapproxy.backend.imap.internal.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the outbox of an open account when it is time. Thread-safe. */
final class DueTimer {

  private static final Logger LOG = LoggerFactory.getLogger(DueTimer.class);

  private final ScheduledExecutorService timers;
  private final Executor network;
  private final Clock clock;
  private final Runnable work;
  private Optional<Future<?>> waiting = Optional.empty();

  DueTimer(ScheduledExecutorService timers, Executor network, Clock clock, Runnable work) {
    this.timers = timers;
    this.network = network;
    this.clock = clock;
    this.work = work;
  }

  /** Sets the time, or none, instead of the one before. */
  synchronized void set(Optional<Instant> due) {
    waiting.ifPresent(before -> before.cancel(false));
    waiting = Optional.empty();
    if (due.isPresent()) {
      long millis = Math.max(0, Duration.between(clock.instant(), due.get()).toMillis());
      try {
        waiting = Optional.of(timers.schedule(this::start, millis, TimeUnit.MILLISECONDS));
      } catch (RejectedExecutionException e) {
        LOG.debug("No timer for an outbox", e);
      }
    }
  }

  private void start() {
    try {
      network.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.debug("No thread for an outbox", e);
    }
  }

  private void run() {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("An outbox could not be worked on", e);
    }
  }
}
