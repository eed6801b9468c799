package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;

/**
 * How many older messages are read at once: more where the server is quick, as each window costs a
 * few round trips and a transaction; fewer where it is slow, as new mail waits for the end of a
 * window. Used by one thread at a time.
 */
final class WindowSize {
  private static final int LEAST = 50;
  private static final int MOST = 1000;
  private static final long QUICK = Duration.ofMillis(400).toNanos();
  private static final long SLOW = Duration.ofMillis(1500).toNanos();

  private int size = 500;

  int get() {
    return size;
  }

  /** A window took so long. */
  void took(long nanos) {
    if (nanos < QUICK) {
      size = Math.min(MOST, size * 2);
    } else if (nanos > SLOW) {
      size = Math.max(LEAST, size / 2);
    }
  }
}
