package org.jmapproxy.backend.imap.internal.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jmapproxy.core.error.BackendException;

/** Who waits for a whole round, and who for the first messages. Thread-safe. */
final class Waiters {
  private final List<CompletableFuture<Void>> forNextRound = new ArrayList<>();
  private final List<CompletableFuture<Void>> forThisRound = new ArrayList<>();
  private final List<CompletableFuture<Void>> forFirstData = new ArrayList<>();

  /** Waits for the end of a round that has not begun. */
  synchronized CompletableFuture<Void> forRound() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    forNextRound.add(done);
    return done;
  }

  synchronized CompletableFuture<Void> forFirstData() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    forFirstData.add(done);
    return done;
  }

  synchronized void roundBegins() {
    forThisRound.addAll(forNextRound);
    forNextRound.clear();
  }

  synchronized boolean wantThisRound() {
    return !forThisRound.isEmpty();
  }

  synchronized boolean wantFirstData() {
    return !forFirstData.isEmpty();
  }

  void roundIsDone() {
    complete(take(forThisRound));
  }

  void firstDataAreThere() {
    complete(take(forFirstData));
  }

  void fail(BackendException failure) {
    List<CompletableFuture<Void>> all = new ArrayList<>(take(forThisRound));
    all.addAll(take(forNextRound));
    all.addAll(take(forFirstData));
    all.forEach(future -> future.completeExceptionally(failure));
  }

  private synchronized List<CompletableFuture<Void>> take(List<CompletableFuture<Void>> futures) {
    List<CompletableFuture<Void>> taken = List.copyOf(futures);
    futures.clear();
    return taken;
  }

  private static void complete(List<CompletableFuture<Void>> futures) {
    futures.forEach(future -> future.complete(null));
  }
}
