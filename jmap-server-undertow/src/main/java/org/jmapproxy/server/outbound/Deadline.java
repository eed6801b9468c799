package org.jmapproxy.server.outbound;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Ends a request whose thread waits too long: sockets have no deadlines, only silences, and none
 * that can be changed between the head and the content. Thread-safe.
 */
final class Deadline {

  private final ScheduledExecutorService timer;
  private final HttpUriRequestBase request;
  private volatile boolean passed;

  Deadline(ScheduledExecutorService timer, HttpUriRequestBase request) {
    this.timer = timer;
    this.request = request;
  }

  /** Ends the request after a while, unless it is cancelled before. */
  Future<?> in(Duration patience) {
    return timer.schedule(this::pass, patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether a deadline has ended the request. */
  boolean hasPassed() {
    return passed;
  }

  /** Ends the request now. */
  void end() {
    request.cancel();
  }

  private void pass() {
    passed = true;
    request.cancel();
  }
}
