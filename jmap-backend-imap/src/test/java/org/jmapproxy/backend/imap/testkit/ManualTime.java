package org.jmapproxy.backend.imap.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Time that passes when the test says so: a clock and the timers that go by it. Timers run on the
 * thread that lets time pass.
 */
public final class ManualTime extends AbstractExecutorService implements ScheduledExecutorService {
  private final List<Timer<?>> timers = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private boolean shut;

  /** The clock. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now();
      }
    };
  }

  /** What time it is. */
  public synchronized Instant now() {
    return now;
  }

  /** Lets time pass, and runs what falls due, in its order. */
  public void pass(Duration time) {
    Instant end = now().plus(time);
    for (Optional<Timer<?>> due = next(end); due.isPresent(); due = next(end)) {
      due.get().run();
    }
    synchronized (this) {
      now = end;
    }
  }

  private synchronized Optional<Timer<?>> next(Instant end) {
    timers.removeIf(FutureTask::isDone);
    Optional<Timer<?>> first =
        timers.stream()
            .filter(timer -> !timer.at.isAfter(end))
            .min(Comparator.comparing(timer -> timer.at));
    first.ifPresent(
        timer -> {
          timers.remove(timer);
          now = timer.at.isAfter(now) ? timer.at : now;
        });
    return first;
  }

  private synchronized <T> Timer<T> plan(Callable<T> work, long delay, TimeUnit unit) {
    Timer<T> timer = new Timer<>(work, now.plusNanos(unit.toNanos(delay)));
    timers.add(timer);
    return timer;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return plan(
        () -> {
          command.run();
          return true;
        },
        delay,
        unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return plan(callable, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable command) {
    command.run();
  }

  @Override
  public synchronized void shutdown() {
    shut = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shut = true;
    timers.clear();
    return List.of();
  }

  @Override
  public synchronized boolean isShutdown() {
    return shut;
  }

  @Override
  public synchronized boolean isTerminated() {
    return shut;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown();
  }

  private final class Timer<T> extends FutureTask<T> implements RunnableScheduledFuture<T> {
    private final Instant at;

    Timer(Callable<T> work, Instant at) {
      super(work);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(now(), at));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean isPeriodic() {
      return false;
    }
  }
}
