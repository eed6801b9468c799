package org.jmapproxy.backend.imap.internal.sync;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Stores windows in their order while the next ones are read from the server, a few ahead and no
 * more. Used by one reading thread.
 */
final class WindowPipeline {
  private static final int AHEAD = 3;

  private final Executor storage;
  private final Semaphore room = new Semaphore(AHEAD);
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  WindowPipeline(Executor storage) {
    this.storage = storage;
  }

  /**
   * Stores something after all that came before; waits while too much is waiting. When something
   * before could not be stored, nothing after it is.
   */
  void submit(Runnable store) {
    room.acquireUninterruptibly();
    last = last.thenRunAsync(store, storage).whenComplete((done, failure) -> room.release());
    if (last.isCompletedExceptionally()) {
      drain();
    }
  }

  /** Waits until everything is stored; throws what went wrong. */
  void drain() {
    try {
      last.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } catch (CancellationException e) {
      throw new IllegalStateException("storing was cancelled", e);
    }
  }
}
