package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jmapproxy.backend.imap.internal.store.Arrival;

/**
 * Understands the messages of a window, on several processors if it is a large one: that takes as
 * long as writing them. The caller works too, so that it never waits for helpers that do not come.
 */
final class Preparation {
  private static final int ENOUGH_FOR_A_HELPER = 64;

  private final List<Arrival> arrivals;
  private final PreparedArrival[] prepared;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch left;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  private Preparation(List<Arrival> arrivals) {
    this.arrivals = arrivals;
    this.prepared = new PreparedArrival[arrivals.size()];
    this.left = new CountDownLatch(arrivals.size());
  }

  static List<PreparedArrival> of(List<Arrival> arrivals, Executor helpers) {
    return new Preparation(arrivals).run(helpers);
  }

  private List<PreparedArrival> run(Executor helpers) {
    int wanted =
        Math.min(
            Runtime.getRuntime().availableProcessors() - 1, arrivals.size() / ENOUGH_FOR_A_HELPER);
    try {
      for (int i = 0; i < wanted; i++) {
        helpers.execute(this::work);
      }
    } catch (RejectedExecutionException e) {
      // The application stops; what has begun is finished without help.
      work();
    }
    work();
    awaitOthers();
    if (failure.get() != null) {
      throw failure.get();
    }
    return Arrays.asList(prepared);
  }

  private void work() {
    for (int i = next.getAndIncrement(); i < prepared.length; i = next.getAndIncrement()) {
      try {
        prepared[i] = PreparedArrival.of(arrivals.get(i));
      } catch (RuntimeException e) {
        failure.compareAndSet(null, e);
      } finally {
        left.countDown();
      }
    }
  }

  private void awaitOthers() {
    boolean interrupted = false;
    while (left.getCount() > 0) {
      try {
        left.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
