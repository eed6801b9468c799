package org.jmapproxy.backend.imap.internal.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/** Does the work of one search in several folders at the same time. Thread-safe. */
final class SearchCrew {
  private final Executor network;
  private final int atOnce;
  private final Clock clock;

  /**
   * A crew that rests.
   *
   * @param network runs what waits for the server
   * @param atOnce how many folders of one search are worked on at the same time
   */
  SearchCrew(Executor network, int atOnce, Clock clock) {
    this.network = network;
    this.atOnce = atOnce;
    this.clock = clock;
  }

  /**
   * Does all tasks; after the first failure none is begun.
   *
   * @throws BackendException when they are not done before the deadline
   */
  void work(Collection<Runnable> tasks, Instant deadline) {
    Queue<Runnable> left = new ConcurrentLinkedQueue<>(tasks);
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = Math.min(atOnce, tasks.size()); i > 0; i--) {
      workers.add(CompletableFuture.runAsync(() -> workAlone(left), network));
    }
    try {
      await(CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)), deadline);
    } finally {
      left.clear();
    }
  }

  private static void workAlone(Queue<Runnable> left) {
    try {
      for (Runnable task = left.poll(); task != null; task = left.poll()) {
        task.run();
      }
    } catch (RuntimeException e) {
      left.clear();
      throw e;
    }
  }

  private void await(CompletableFuture<Void> all, Instant deadline) {
    long patience = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
    try {
      all.get(patience, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new BackendException(Reason.BROKEN, "The search failed", e);
    } catch (TimeoutException e) {
      throw new BackendException(Reason.UNAVAILABLE, "The mail server searches for too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(Reason.UNAVAILABLE, "Interrupted", e);
    }
  }
}
