package org.jmapproxy.backend.imap.internal.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jmapproxy.core.id.Id;

/** When accounts have something to send, open or closed. Thread-safe. */
public final class DueAccounts {

  private final Map<Id, Instant> times = new ConcurrentHashMap<>();

  /** Nothing is known yet. */
  public DueAccounts() {}

  /** Sets the time of an account, or that there is none. */
  public void set(Id accountId, Optional<Instant> due) {
    due.ifPresentOrElse(time -> times.put(accountId, time), () -> times.remove(accountId));
  }

  /** All times. */
  public Map<Id, Instant> times() {
    return Map.copyOf(times);
  }
}
