package org.jmapproxy.backend.passthrough.internal.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/**
 * Who may ask the upstream now: at most as many at a time as it allows, which may change. Who comes
 * too many waits. Thread-safe.
 */
public final class Turns {

  private final IntSupplier most;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition left = lock.newCondition();
  private int under;

  /** {@code most} tells how many may ask at a time. */
  public Turns(IntSupplier most) {
    this.most = most;
  }

  /**
   * Waits for a turn, and works.
   *
   * @param patience how long to wait at most
   * @throws BackendException when the turn does not come in time
   */
  public <T> T during(Duration patience, Supplier<T> work) {
    begin(patience);
    try {
      return work.get();
    } finally {
      end();
    }
  }

  private void begin(Duration patience) {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (under >= most.getAsInt()) {
        nanos = left.awaitNanos(nanos);
        if (nanos <= 0) {
          throw busy();
        }
      }
      under++;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      under--;
      left.signal();
    } finally {
      lock.unlock();
    }
  }

  private static BackendException busy() {
    return new BackendException(
        Reason.RATE_LIMITED, "the account's server takes no more requests at a time");
  }
}
