package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jmapproxy.backend.imap.internal.connect.Backoff;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.sync.DueTasks.Task;
import org.jmapproxy.core.id.Id;

/**
 * What is heard of an account between its rounds: by watching the server, and from clients that
 * look at Mailboxes. Turns that into tasks, no more of them than bearable, however much a server
 * talks. A watch that is lost begins again by itself. Thread-safe.
 */
final class Lookout implements Watcher.Observer {
  private static final int STIRS_AT_ONCE = 20;
  private static final Duration BETWEEN_STIRS = Duration.ofMillis(500);
  private static final int ROUNDS_AT_ONCE = 5;
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(10);

  /** A connection that was of use for so long was not hopeless. */
  private static final Duration GOOD_WATCH = Duration.ofSeconds(30);

  private final Replica replica;
  private final Surroundings surroundings;
  private final Clock clock;
  private final Watcher watcher;
  private final Stirrings stirrings = new Stirrings();
  private final Glances glances;
  private final Pace stirs;
  private final Pace rounds;
  private final Alarm again;
  private final Backoff afterLoss =
      new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10), ThreadLocalRandom.current());
  private Instant notBefore = Instant.MIN;

  /** Hears nothing yet; adds what is to be done to the tasks. */
  Lookout(Replica replica, Connections connections, Surroundings surroundings, DueTasks tasks) {
    this.replica = replica;
    this.surroundings = surroundings;
    this.clock = replica.clock();
    this.glances = new Glances(clock);
    this.stirs =
        new Pace(
            surroundings.timers(), clock, STIRS_AT_ONCE, BETWEEN_STIRS, () -> tasks.add(Task.STIR));
    this.rounds =
        new Pace(
            surroundings.timers(),
            clock,
            ROUNDS_AT_ONCE,
            BETWEEN_ROUNDS,
            () -> tasks.add(Task.ROUND));
    this.again = new Alarm(surroundings.timers(), () -> tasks.add(Task.ROUND));
    this.watcher =
        new Watcher(connections, surroundings.watchers(), surroundings.watchRenewal(), clock, this);
  }

  /** Watches from now on, if that is possible and somebody needs the account. */
  void watch() {
    if (surroundings.isNeeded().getAsBoolean() && surroundings.mayWatch() && isTime()) {
      watcher.start();
    }
  }

  private synchronized boolean isTime() {
    return !clock.instant().isBefore(notBefore);
  }

  /** Does not watch any more, until told to. */
  void rest() {
    watcher.stop();
    again.cancel();
    afterLoss.reset();
    synchronized (this) {
      notBefore = Instant.MIN;
    }
    stirs.begun();
    rounds.begun();
  }

  /** Never watches again. */
  void turnOff() {
    rest();
    again.turnOff();
  }

  /** A client looks at a Mailbox: unless it is being watched, it should be looked at. */
  void viewed(Id mailboxId) {
    if (glances.isDue(mailboxId)) {
      replica
          .store()
          .reader()
          .folder(mailboxId)
          .map(StoredFolder::path)
          .filter(path -> !watcher.hears(path))
          .ifPresent(this::stirred);
    }
  }

  /** The folders in which something may have happened, and forgets them. */
  List<StoredFolder> stirredFolders() {
    stirs.begun();
    List<StoredFolder> stirred = stirrings.take(replica.store().reader().folders());
    if (stirrings.hasMetStranger()) {
      rounds.ask();
    }
    return stirred;
  }

  /** Everything is being compared. */
  void roundBegins() {
    rounds.begun();
  }

  @Override
  public String watched() {
    return replica.store().reader().folders().stream()
        .filter(StoredFolder::holdsLabelled)
        .map(StoredFolder::path)
        .findFirst()
        .orElse("INBOX");
  }

  @Override
  public void stirred(String mailbox) {
    (stirrings.add(mailbox) ? stirs : rounds).ask();
  }

  @Override
  public void told(MailboxStatus status) {
    (stirrings.add(status) ? stirs : rounds).ask();
  }

  @Override
  public void unsettled() {
    rounds.ask();
  }

  /** News may have been missed: the round that watches again looks for them. */
  @Override
  public void lost(Duration listened) {
    if (listened.compareTo(GOOD_WATCH) >= 0) {
      afterLoss.reset();
    }
    Duration wait = afterLoss.afterFailure();
    synchronized (this) {
      notBefore = clock.instant().plus(wait);
    }
    again.set(wait);
  }
}
