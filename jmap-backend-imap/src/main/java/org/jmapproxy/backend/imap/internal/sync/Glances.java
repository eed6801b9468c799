package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jmapproxy.core.id.Id;

/** Which Mailboxes were looked at lately because a client looks at them. Thread-safe. */
final class Glances {
  private static final Duration OFTEN_ENOUGH = Duration.ofSeconds(30);
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Map<Id, Instant> nextOne = new ConcurrentHashMap<>();

  Glances(Clock clock) {
    this.clock = clock;
  }

  /** Whether it is time to look again; then that counts as done. */
  boolean isDue(Id mailboxId) {
    Instant now = clock.instant();
    Instant next = nextOne.getOrDefault(mailboxId, Instant.MIN);
    if (now.isBefore(next)) {
      return false;
    }
    if (nextOne.size() >= MOST) {
      nextOne.clear();
    }
    nextOne.put(mailboxId, now.plus(OFTEN_ENOUGH));
    return true;
  }
}
