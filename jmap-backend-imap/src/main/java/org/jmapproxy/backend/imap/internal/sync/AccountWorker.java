package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.backend.imap.internal.connect.Backoff;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.ImapFailures;
import org.jmapproxy.backend.imap.internal.connect.ServerAbilities;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.id.Id;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one account's replica in step. It has things to do, does them one after another on a
 * borrowed thread, and gives the thread back when there is nothing left; a timer or the watcher
 * wakes it again. Thread-safe.
 *
 * <p>Phases: NEW, then FIRST_SYNC until everything was read once; LIVE while somebody needs the
 * account, else SLEEPING; UNREACHABLE between attempts to reach the server; AUTHENTICATION_FAILED
 * until other credentials are there.
 */
public final class AccountWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccountWorker.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LAST_WAIT = Duration.ofSeconds(10);
  private static final int THOROUGH_EVERY = 10;
  private static final int TIDY_EVERY = 60;

  private enum Task {
    /** Some mailboxes have stirred. */
    STIR,
    /** Everything is to be compared. */
    ROUND,
    /** Older messages are still to be read. */
    OLDER
  }

  private final Replica replica;
  private final Connections connections;
  private final Folders folders;
  private final Surroundings surroundings;
  private final Progress progress;
  private final Watcher watcher;
  private final Backoff backoff;
  private final Backoff rewatch;
  private final EnumSet<Task> due = EnumSet.noneOf(Task.class);
  private final Stirrings stirrings = new Stirrings();
  private final Glances glances;
  private final Waiters waiters = new Waiters();
  private final Alarm alarm;
  private Optional<FolderSync> folderSync = Optional.empty();
  private final OlderMessages olderMessages;
  private final FirstSyncLog log;
  private final PlaceInLine turn;
  private final FolderTroubles troubles;
  private boolean running;
  private boolean closed;
  private int rounds;

  /** Does nothing before it is woken. */
  public AccountWorker(
      Replica replica, Connections connections, Folders folders, Surroundings surroundings) {
    this.replica = replica;
    this.connections = connections;
    this.folders = folders;
    this.surroundings = surroundings;
    this.progress = new Progress(replica.store(), replica.clock());
    this.troubles = new FolderTroubles(connections, replica.clock());
    this.olderMessages = new OlderMessages(progress, troubles, replica.clock());
    this.glances = new Glances(replica.clock());
    this.log = new FirstSyncLog(replica.store().accountId(), progress);
    this.turn = new PlaceInLine(surroundings.turns(), () -> add(Task.OLDER));
    this.alarm = new Alarm(surroundings.timers(), () -> add(Task.ROUND));
    this.rewatch =
        new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10), ThreadLocalRandom.current());
    this.watcher =
        new Watcher(
            connections,
            surroundings.watchers(),
            new Watcher.Observer() {
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
                add(stirrings.add(mailbox) ? Task.STIR : Task.ROUND);
              }

              @Override
              public void told(MailboxStatus status) {
                add(stirrings.add(status) ? Task.STIR : Task.ROUND);
              }

              @Override
              public void unsettled() {
                add(Task.ROUND);
              }

              @Override
              public void lost() {
                alarm.set(rewatch.afterFailure());
              }
            });
    this.backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2), ThreadLocalRandom.current());
    connections.reachability().whenItReturns(this::serverReturned);
  }

  /** Goes on where an earlier life ended: with the first synchronisation, or asleep. */
  public void begin() {
    boolean wasWhole = progress.wasInStep() && progress.isWhole();
    progress.enter(
        wasWhole ? Phase.SLEEPING : progress.wasInStep() ? Phase.LIVE : Phase.FIRST_SYNC);
    if (wasWhole) {
      plan();
    } else {
      add(Task.ROUND);
    }
  }

  /** Somebody needs the account: compares it with the server soon. */
  public void wake() {
    add(Task.ROUND);
  }

  /**
   * A client looks at a Mailbox: what other clients change in it is found soon, though nobody
   * watches it.
   */
  public void viewed(Id mailboxId) {
    if (progress.phase() == Phase.LIVE && glances.isDue(mailboxId)) {
      replica
          .store()
          .reader()
          .folder(mailboxId)
          .map(StoredFolder::path)
          .filter(path -> !watcher.hears(path))
          .ifPresent(path -> add(stirrings.add(path) ? Task.STIR : Task.ROUND));
    }
  }

  /** Somebody else has reached the server before the worker tried again. */
  private void serverReturned() {
    if (progress.phase() == Phase.UNREACHABLE) {
      add(Task.ROUND);
    }
  }

  /** Whether everything was in step with the server once. */
  public boolean wasInStep() {
    return progress.wasInStep();
  }

  /** How far it is. */
  public SyncStatus status() {
    return progress.status();
  }

  /** Completes when a whole round that begins from now on is done, older messages included. */
  public Future<Void> round() {
    Future<Void> done = waiters.forRound();
    askForRound();
    return done;
  }

  /** Completes when there is something to show. */
  public Future<Void> firstData() {
    if (progress.hasFirstData()) {
      return CompletableFuture.completedFuture(null);
    }
    Future<Void> done = waiters.forFirstData();
    askForRound();
    return done;
  }

  private void askForRound() {
    add(Task.ROUND);
    if (isClosed()) {
      waiters.fail(closedFailure());
    }
  }

  /** Begins nothing more; what is under way may go on. */
  public void stop() {
    synchronized (this) {
      closed = true;
      due.clear();
    }
    alarm.turnOff();
    watcher.stop();
    turn.leave();
    waiters.fail(closedFailure());
  }

  private static BackendException closedFailure() {
    return new BackendException(Reason.UNAVAILABLE, "The account was closed");
  }

  /** Stops, and waits a while for what is under way. */
  @Override
  public void close() {
    stop();
    long end = System.nanoTime() + LAST_WAIT.toNanos();
    synchronized (this) {
      try {
        for (long left = LAST_WAIT.toMillis(); running && left > 0; ) {
          wait(left);
          left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void add(Task task) {
    synchronized (this) {
      if (closed) {
        return;
      }
      due.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    try {
      surroundings.network().execute(this::work);
    } catch (RejectedExecutionException e) {
      LOG.debug("No thread for account {}", replica.store().accountId(), e);
      synchronized (this) {
        running = false;
      }
    }
  }

  private void work() {
    replica.observer().synchronising(1);
    try {
      do {
        performDue();
        if (!isClosed()) {
          plan();
        }
      } while (!rest());
    } finally {
      replica.observer().synchronising(-1);
    }
  }

  private void performDue() {
    try {
      for (Optional<Task> task = next(); task.isPresent(); task = next()) {
        perform(task.get());
      }
    } catch (ImapException e) {
      failed(ImapFailures.toBackend(e));
    } catch (BackendException e) {
      failed(e);
    } catch (RuntimeException e) {
      LOG.error("The synchronisation of account {} failed", replica.store().accountId(), e);
      failed(new BackendException(Reason.BROKEN, "The synchronisation failed", e));
    }
  }

  /** Gives the thread back, unless something came to be done meanwhile. */
  private synchronized boolean rest() {
    running = !closed && !due.isEmpty();
    notifyAll();
    return !running;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized Optional<Task> next() {
    if (closed || due.isEmpty()) {
      return Optional.empty();
    }
    Task task = due.iterator().next();
    due.remove(task);
    if (task == Task.ROUND) {
      waiters.roundBegins();
    }
    return Optional.of(task);
  }

  private void perform(Task task) {
    switch (task) {
      case STIR -> stir();
      case ROUND -> round(++rounds % THOROUGH_EVERY == 0 || waiters.wantThisRound());
      case OLDER -> older();
    }
  }

  private void stir() {
    List<StoredFolder> stirred = stirrings.take(replica.store().reader().folders());
    if (!stirred.isEmpty() && accountRound().runOn(stirred)) {
      add(Task.ROUND);
    }
  }

  private void round(boolean thorough) {
    replica.publisher().gather(!progress.wasInStep());
    olderMessages.forgetRefusals();
    if (waiters.wantThisRound()) {
      troubles.tryAgain();
    }
    AccountRound round = accountRound();
    round.run(thorough, this::listed, this::someFolderDone);
    backoff.reset();
    surroundings.afterRound().run();
    watch();
    someFolderDone();
    if (progress.isWhole()) {
      inStep();
    } else {
      progress.enter(progress.wasInStep() ? awakeOrAsleep() : Phase.FIRST_SYNC);
      add(Task.OLDER);
    }
  }

  private void watch() {
    if (surroundings.isNeeded().getAsBoolean() && surroundings.mayWatch()) {
      watcher.start(replica.clock().instant());
    }
  }

  private void listed(FolderListing listing) {
    progress.expects(listing.messages());
    log.begins(listing.statuses().size());
  }

  /** Older messages are read when it is this account's turn; until then there is nothing to do. */
  private void older() {
    if (turn.take()) {
      try {
        readOlder();
      } finally {
        turn.end();
      }
    }
  }

  private void readOlder() {
    for (StoredFolder folder : olderMessages.folders()) {
      boolean finished = olderMessages.read(folder, folderSync(), patience(), this::hasMoreUrgent);
      log.goesOn();
      if (!finished || hasMoreUrgent()) {
        add(Task.OLDER);
        return;
      }
    }
    if (progress.isWhole() || olderMessages.folders().isEmpty()) {
      inStep();
    } else {
      add(Task.ROUND);
    }
  }

  private synchronized boolean hasMoreUrgent() {
    return due.contains(Task.STIR) || due.contains(Task.ROUND);
  }

  private void inStep() {
    log.ends();
    progress.inStep(troubles.summary());
    progress.enter(awakeOrAsleep());
    replica.publisher().gather(false);
    if (rounds % TIDY_EVERY == 1) {
      replica.store().writer().tidy();
    }
    waiters.roundIsDone();
    waiters.firstDataAreThere();
  }

  private Phase awakeOrAsleep() {
    return surroundings.isNeeded().getAsBoolean() ? Phase.LIVE : Phase.SLEEPING;
  }

  private void someFolderDone() {
    log.goesOn();
    if (progress.hasFirstData()) {
      watch();
    }
    if (takeStir()) {
      stir();
    }
    if (waiters.wantFirstData() && progress.hasFirstData()) {
      waiters.firstDataAreThere();
    }
  }

  /** News of the inbox wait neither for all other folders nor for older messages. */
  private synchronized boolean takeStir() {
    return !closed && due.remove(Task.STIR);
  }

  private AccountRound accountRound() {
    ServerAbilities abilities = connections.use(Optional.empty(), patience(), folders::abilities);
    folderSync = Optional.of(new FolderSync(replica, abilities));
    return new AccountRound(
        replica,
        new FolderRefresh(replica, connections, folders),
        folderSync.get(),
        olderMessages,
        new LearntIds(replica, connections, abilities),
        troubles);
  }

  private FolderSync folderSync() {
    if (folderSync.isEmpty()) {
      ServerAbilities abilities = connections.use(Optional.empty(), patience(), folders::abilities);
      folderSync = Optional.of(new FolderSync(replica, abilities));
    }
    return folderSync.get();
  }

  private Instant patience() {
    return replica.clock().instant().plus(PATIENCE);
  }

  private void failed(BackendException failure) {
    if (isClosed()) {
      return;
    }
    LOG.info(
        "Account {} cannot be synchronised: {}", replica.store().accountId(), failure.getMessage());
    replica.observer().failed(failure.reason());
    progress.failed(
        failure.reason() == Reason.AUTHENTICATION_LOST
            ? Phase.AUTHENTICATION_FAILED
            : Phase.UNREACHABLE,
        String.valueOf(failure.getMessage()));
    synchronized (this) {
      due.clear();
    }
    watcher.stop();
    turn.end();
    waiters.fail(failure);
  }

  /** Decides when to look again, and goes to sleep when nobody needs the account. */
  private void plan() {
    boolean needed = surroundings.isNeeded().getAsBoolean();
    if (!needed && progress.phase() == Phase.LIVE) {
      progress.enter(Phase.SLEEPING);
    }
    if (!needed) {
      watcher.stop();
      connections.closeIdle(Duration.ZERO);
      progress.rest();
      replica.store().trim();
    }
    alarm.set(delay(needed));
  }

  private Duration delay(boolean needed) {
    return switch (progress.phase()) {
      case UNREACHABLE -> needed || !progress.wasInStep() ? untilNextAttempt() : spread();
      case AUTHENTICATION_FAILED -> surroundings.sleepingPollInterval();
      default -> needed ? surroundings.pollInterval() : spread();
    };
  }

  /** Not before a connection may be tried again: to try in vain would count as another failure. */
  private Duration untilNextAttempt() {
    Duration own = backoff.afterFailure();
    Duration allowed = connections.reachability().untilNextAttempt().plusMillis(1);
    return own.compareTo(allowed) > 0 ? own : allowed;
  }

  /** Many accounts that were opened together are not polled together. */
  private Duration spread() {
    long most = surroundings.sleepingPollInterval().toMillis();
    return Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / 4 + 1));
  }
}
