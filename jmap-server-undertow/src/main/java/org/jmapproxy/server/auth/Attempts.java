package org.jmapproxy.server.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits how often mail servers are asked about passwords, per user name and in total, so that
 * guessing here neither gets far nor locks an account there. Each name has a small store of
 * attempts that refills with time. Thread-safe and bounded.
 */
final class Attempts {

  private static final int MOST_NAMES = 10_000;

  private final InstantSource clock;
  private final Rate perName;
  private final Bucket total;
  private final Map<String, Bucket> names =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_NAMES;
        }
      };

  /** So many attempts at once, and one more after each interval. */
  record Rate(int burst, Duration interval) {}

  Attempts(InstantSource clock, Rate perName, Rate inTotal) {
    this.clock = clock;
    this.perName = perName;
    this.total = new Bucket(inTotal, clock.millis());
  }

  /** Takes one attempt; false means not now. */
  synchronized boolean take(String name) {
    long now = clock.millis();
    Bucket own = names.computeIfAbsent(name, n -> new Bucket(perName, now));
    return own.take(now) && total.take(now);
  }

  /** A right password gives the name its attempts back. */
  synchronized void forget(String name) {
    names.remove(name);
  }

  private static final class Bucket {
    private final Rate rate;
    private double left;
    private long asOf;

    Bucket(Rate rate, long now) {
      this.rate = rate;
      this.left = rate.burst();
      this.asOf = now;
    }

    boolean take(long now) {
      double refilled = (double) Math.max(0, now - asOf) / rate.interval().toMillis();
      left = Math.min(rate.burst(), left + refilled);
      asOf = now;
      if (left < 1) {
        return false;
      }
      left -= 1;
      return true;
    }
  }
}
