package org.jmapproxy.backend.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Eventually() {}

  /** Waits until a condition holds; fails if it does not in time. */
  static void holds(BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < until) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
