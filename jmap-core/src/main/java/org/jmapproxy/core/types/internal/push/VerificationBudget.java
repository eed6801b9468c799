package org.jmapproxy.core.types.internal.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many subscriptions a principal may still make: each makes the server post to an address that
 * nobody has verified yet (RFC 8620 section 8.6). Thread-safe.
 */
final class VerificationBudget {

  static final int MOST = 60;
  static final Duration WITHIN = Duration.ofHours(1);

  private final Clock clock;
  private final Map<String, Deque<Instant>> spent = new HashMap<>();

  VerificationBudget(Clock clock) {
    this.clock = clock;
  }

  /** Takes one, if there is one left. */
  synchronized boolean take(String principal) {
    Deque<Instant> recent = spent.computeIfAbsent(principal, name -> new ArrayDeque<>());
    forgetOld(recent);
    if (recent.size() >= MOST) {
      return false;
    }
    recent.add(clock.instant());
    return true;
  }

  /** Forgets what no longer counts. */
  synchronized void tidy() {
    spent.values().forEach(this::forgetOld);
    spent.values().removeIf(Deque::isEmpty);
  }

  private void forgetOld(Deque<Instant> recent) {
    Instant limit = clock.instant().minus(WITHIN);
    while (!recent.isEmpty() && !recent.peekFirst().isAfter(limit)) {
      recent.removeFirst();
    }
  }
}
