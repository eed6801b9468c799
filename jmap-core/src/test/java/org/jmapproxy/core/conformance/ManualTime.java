package org.jmapproxy.core.conformance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jmapproxy.core.types.PushModule;

/** A clock and a timer that go on when a test says so. */
final class ManualTime extends Clock implements PushModule.Timer {

  private record Task(Instant at, Runnable what) {}

  private final List<Task> tasks = new ArrayList<>();
  private Instant now;

  ManualTime(Instant now) {
    this.now = now;
  }

  @Override
  public void after(Duration delay, Runnable task) {
    tasks.add(new Task(now.plus(delay), task));
  }

  /** Lets time pass, and runs what falls due on the way, at its time. */
  void pass(Duration duration) {
    Instant end = now.plus(duration);
    while (true) {
      Task next = tasks.stream().min(Comparator.comparing(Task::at)).orElse(null);
      if (next == null || next.at().isAfter(end)) {
        now = end;
        return;
      }
      tasks.remove(next);
      now = next.at().isAfter(now) ? next.at() : now;
      next.what().run();
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
