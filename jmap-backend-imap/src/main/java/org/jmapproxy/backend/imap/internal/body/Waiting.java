package org.jmapproxy.backend.imap.internal.body;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/** Waits for what others fetch. */
final class Waiting {
  private Waiting() {}

  /**
   * Waits for everything.
   *
   * @param patience how long in all
   * @return what does not come, and why
   */
  static Map<String, BackendException> forAll(
      Map<String, ? extends CompletableFuture<?>> all, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Map<String, BackendException> failures = new LinkedHashMap<>();
    all.forEach(
        (name, coming) ->
            await(coming, end - System.nanoTime()).ifPresent(e -> failures.put(name, e)));
    return failures;
  }

  private static Optional<BackendException> await(CompletableFuture<?> coming, long nanos) {
    try {
      coming.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof BackendException failure
              ? failure
              : new BackendException(Reason.UNAVAILABLE, "The message cannot be fetched", e));
    } catch (TimeoutException e) {
      return Optional.of(
          new BackendException(Reason.UNAVAILABLE, "The message takes too long to come", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(
          new BackendException(Reason.UNAVAILABLE, "Interrupted while a message came", e));
    }
  }
}
