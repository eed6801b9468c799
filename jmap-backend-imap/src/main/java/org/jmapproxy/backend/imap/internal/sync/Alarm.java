package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs something later, once; a new time replaces the old one. Thread-safe. */
final class Alarm {
  private final ScheduledExecutorService timers;
  private final Runnable work;
  private Optional<Future<?>> planned = Optional.empty();
  private boolean off;

  Alarm(ScheduledExecutorService timers, Runnable work) {
    this.timers = timers;
    this.work = work;
  }

  synchronized void set(Duration delay) {
    cancel();
    try {
      planned =
          off
              ? Optional.empty()
              : Optional.of(timers.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      off = true;
    }
  }

  /** Never rings again. */
  synchronized void turnOff() {
    off = true;
    cancel();
  }

  /** Does not ring unless it is set again. */
  synchronized void cancel() {
    planned.ifPresent(future -> future.cancel(false));
    planned = Optional.empty();
  }
}
