package org.jmapproxy.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What {@link ChangeSignals} promises.
 *
 * @param <T> the object
 * @param <C> what a creation is decoded to
 * @param <U> what an update is decoded to
 */
public interface ChangeSignalsContract<T, C, U> extends TypeContract<T, C, U> {

  @Test
  default void aChangeIsHeardOfWithItsState() {
    with(
        ChangeSignals.ROLE,
        signals -> {
          BlockingQueue<StateChange> heard = new LinkedBlockingQueue<>();
          try (Subscription subscription = signals.subscribe(heard::add)) {
            fixture().seed(1);
            awaitCurrentState(heard);
            assertThat(subscription).isNotNull();
          }
        });
  }

  @Test
  default void aClosedSubscriptionHearsNothing() {
    with(
        ChangeSignals.ROLE,
        signals -> {
          BlockingQueue<StateChange> closed = new LinkedBlockingQueue<>();
          BlockingQueue<StateChange> open = new LinkedBlockingQueue<>();
          Subscription ended = signals.subscribe(closed::add);
          ended.close();
          ended.close();
          try (Subscription subscription = signals.subscribe(open::add)) {
            fixture().seed(1);
            awaitCurrentState(open);
            assertThat(subscription).isNotNull();
          }
          assertThat(closed).isEmpty();
        });
  }

  private void awaitCurrentState(BlockingQueue<StateChange> heard) {
    long deadline = System.nanoTime() + fixture().patience().toNanos();
    String type = type().name();
    while (true) {
      StateChange change = next(heard, deadline);
      assertThat(change).as("a change of " + type + " that leads to its current state").isNotNull();
      if (change != null && change.states().containsKey(type)) {
        assertThat(change.accountId()).isEqualTo(fixture().account().id());
        if (isCurrent(change)) {
          return;
        }
      }
    }
  }

  private boolean isCurrent(StateChange change) {
    return roles()
        .find(type().changesRole())
        .map(role -> role.state(context()).equals(change.states().get(type().name())))
        .orElse(true);
  }

  private static @Nullable StateChange next(BlockingQueue<StateChange> heard, long deadline) {
    try {
      return heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
