package org.jmapproxy.backend.imap.internal.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/**
 * The first attempt at a message, for which its client waits: not longer than it may, and whoever
 * stops waiting settles with the attempt which of them has the message. Thread-safe.
 */
final class SendingNow {
  private final Shelf shelf;
  private final SendingTimes times;
  private final Clock clock;
  private final Executor network;
  private final UnderWay underWay;
  private final Function<Claim, Attempt> attempts;
  private final Runnable afterwards;

  /**
   * Sends nothing yet.
   *
   * @param network runs the attempts
   * @param attempts makes the attempt of a claim
   * @param afterwards runs after each attempt
   */
  SendingNow(
      Shelf shelf,
      SendingTimes times,
      Clock clock,
      Executor network,
      UnderWay underWay,
      Function<Claim, Attempt> attempts,
      Runnable afterwards) {
    this.shelf = shelf;
    this.times = times;
    this.clock = clock;
    this.network = network;
    this.underWay = underWay;
    this.attempts = attempts;
    this.afterwards = afterwards;
  }

  /** Tries to send, and waits until the deadline or as long as the settings say. */
  AttemptResult send(OutboxEntry entry, Instant deadline) {
    Claim claim = new Claim();
    CompletableFuture<AttemptResult> sending = new CompletableFuture<>();
    begin(claim, () -> complete(sending, entry, claim));
    return await(sending, entry, claim, deadline);
  }

  private void begin(Claim claim, Runnable work) {
    underWay.add(claim);
    try {
      network.execute(
          () -> {
            try {
              work.run();
            } finally {
              underWay.remove(claim);
            }
          });
    } catch (RejectedExecutionException e) {
      underWay.remove(claim);
      throw new BackendException(Reason.UNAVAILABLE, "nothing can be sent now", e);
    }
  }

  private void complete(CompletableFuture<AttemptResult> sending, OutboxEntry entry, Claim claim) {
    try {
      attempts.apply(claim).run(entry, sending::complete);
      afterwards.run();
    } catch (RuntimeException e) {
      sending.completeExceptionally(e);
    }
  }

  private AttemptResult await(
      CompletableFuture<AttemptResult> sending, OutboxEntry entry, Claim claim, Instant deadline) {
    Instant now = clock.instant();
    Instant end = now.plus(times.patience());
    long millis = Duration.between(now, end.isBefore(deadline) ? end : deadline).toMillis();
    try {
      return sending.get(Math.max(1, millis), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return switch (claim.leave()) {
        case ENDED_IT -> new AttemptResult.NotNow(Progress.NO_ANSWER);
        case GOES_ON -> leftAlone(entry, sending);
        case IS_OVER -> join(sending);
      };
    } catch (ExecutionException e) {
      return join(sending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(Reason.UNAVAILABLE, "Interrupted", e);
    }
  }

  /**
   * The message is being handed over; the client sees what comes of it. A record that is gone by
   * now was for nobody to see, and is done.
   */
  private AttemptResult leftAlone(OutboxEntry entry, CompletableFuture<AttemptResult> sending) {
    return shelf
        .change(entry.id(), OutboxEntry::asAcknowledged)
        .<AttemptResult>map(AttemptResult.Settled::new)
        .orElseGet(() -> join(sending));
  }

  private static AttemptResult join(CompletableFuture<AttemptResult> sending) {
    try {
      return sending.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new BackendException(Reason.BROKEN, "sending failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(Reason.UNAVAILABLE, "Interrupted", e);
    }
  }
}
