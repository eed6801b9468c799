package org.jmapproxy.backend.imap.internal.outbox;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The attempts that go on. Thread-safe. */
final class UnderWay {

  private final Set<Claim> claims = new HashSet<>();

  synchronized void add(Claim claim) {
    claims.add(claim);
  }

  synchronized void remove(Claim claim) {
    claims.remove(claim);
    notifyAll();
  }

  /** Waits for them to end, and breaks their connections if that takes too long. */
  synchronized void end(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); !claims.isEmpty() && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    claims.forEach(Claim::cut);
  }
}
