package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jmapproxy.backend.imap.internal.connect.Backoff;
import org.jmapproxy.backend.imap.internal.connect.Reachability;

/** When an account looks at its server again by itself. Thread-safe. */
final class NextLook {
  private final Surroundings surroundings;
  private final Reachability reachability;
  private final Alarm alarm;
  private final Backoff afterFailure =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2), ThreadLocalRandom.current());

  /** Nothing is planned yet. */
  NextLook(Surroundings surroundings, Reachability reachability, Runnable look) {
    this.surroundings = surroundings;
    this.reachability = reachability;
    this.alarm = new Alarm(surroundings.timers(), look);
  }

  /** Plans the next one, in place of one that was planned. */
  void plan(Progress progress, boolean needed) {
    alarm.set(
        switch (progress.phase()) {
          case UNREACHABLE -> needed || !progress.wasInStep() ? untilNextAttempt() : spread();
          case AUTHENTICATION_FAILED -> surroundings.sleepingPollInterval();
          default -> needed ? surroundings.pollInterval() : spread();
        });
  }

  /** A look went well. */
  void succeeded() {
    afterFailure.reset();
  }

  /** Never again. */
  void turnOff() {
    alarm.turnOff();
  }

  /** Not before a connection may be tried again: to try in vain would count as another failure. */
  private Duration untilNextAttempt() {
    Duration own = afterFailure.afterFailure();
    Duration allowed = reachability.untilNextAttempt().plusMillis(1);
    return own.compareTo(allowed) > 0 ? own : allowed;
  }

  /** Many accounts that were opened together are not polled together. */
  private Duration spread() {
    long most = surroundings.sleepingPollInterval().toMillis();
    return Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / 4 + 1));
  }
}
