package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.ImapFailures;
import org.jmapproxy.backend.imap.internal.connect.ServerAbilities;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.sync.DueTasks.Task;
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

  private final Replica replica;
  private final Connections connections;
  private final Folders folders;
  private final Surroundings surroundings;
  private final Progress progress;
  private final Lookout lookout;
  private final DueTasks tasks;
  private final NextLook nextLook;
  private final Waiters waiters = new Waiters();
  private Optional<FolderSync> folderSync = Optional.empty();
  private final OlderMessages olderMessages;
  private final FirstSyncLog log;
  private final PlaceInLine turn;
  private final FolderTroubles troubles;
  private int rounds;

  /** Does nothing before it is woken. */
  public AccountWorker(
      Replica replica, Connections connections, Folders folders, Surroundings surroundings) {
    this.replica = replica;
    this.connections = connections;
    this.folders = folders;
    this.surroundings = surroundings;
    this.tasks = new DueTasks(surroundings.network(), this::work);
    this.nextLook =
        new NextLook(surroundings, connections.reachability(), () -> tasks.add(Task.ROUND));
    this.progress = new Progress(replica.store(), replica.clock());
    this.troubles = new FolderTroubles(connections, replica.clock());
    this.olderMessages = new OlderMessages(progress, troubles, replica.clock());
    this.log = new FirstSyncLog(replica.store().accountId(), progress);
    this.turn = new PlaceInLine(surroundings.turns(), () -> tasks.add(Task.OLDER));
    this.lookout = new Lookout(replica, connections, surroundings, tasks);
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
      tasks.add(Task.ROUND);
    }
  }

  /** Somebody needs the account: compares it with the server soon. */
  public void wake() {
    tasks.add(Task.ROUND);
  }

  /**
   * A client looks at a Mailbox: what other clients change in it is found soon, though nobody
   * watches it.
   */
  public void viewed(Id mailboxId) {
    if (progress.phase() == Phase.LIVE) {
      lookout.viewed(mailboxId);
    }
  }

  /** Somebody else has reached the server before the worker tried again. */
  private void serverReturned() {
    if (progress.phase() == Phase.UNREACHABLE) {
      tasks.add(Task.ROUND);
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
    tasks.add(Task.ROUND);
    if (tasks.isClosed()) {
      waiters.fail(closedFailure());
    }
  }

  /** Begins nothing more; what is under way may go on. */
  public void stop() {
    tasks.close();
    nextLook.turnOff();
    lookout.turnOff();
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
    tasks.awaitRest(LAST_WAIT);
  }

  private void work() {
    replica.observer().synchronising(1);
    try {
      do {
        performDue();
        if (!tasks.isClosed()) {
          plan();
        }
      } while (!tasks.rest());
    } finally {
      replica.observer().synchronising(-1);
    }
  }

  private void performDue() {
    try {
      for (Optional<Task> task = tasks.next(); task.isPresent(); task = tasks.next()) {
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

  /** A connection that rested may have ended unnoticed: that alone is no reason to give up. */
  private void perform(Task task) {
    if (task == Task.ROUND) {
      waiters.roundBegins();
      lookout.roundBegins();
    }
    try {
      once(task);
    } catch (ImapConnectionLostException e) {
      if (e.reason() != ImapConnectionLostException.Reason.CLOSED || !e.outcomeUnknown()) {
        throw e;
      }
      connections.closeIdle(Duration.ZERO);
      once(task);
    }
  }

  private void once(Task task) {
    switch (task) {
      case STIR -> stir();
      case ROUND -> round(++rounds % THOROUGH_EVERY == 0 || waiters.wantThisRound());
      case OLDER -> older();
    }
  }

  private void stir() {
    List<StoredFolder> stirred = lookout.stirredFolders();
    if (!stirred.isEmpty() && accountRound().runOn(stirred)) {
      tasks.add(Task.ROUND);
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
    nextLook.succeeded();
    surroundings.afterRound().run();
    lookout.watch();
    someFolderDone();
    if (progress.isWhole()) {
      inStep();
    } else {
      progress.enter(progress.wasInStep() ? awakeOrAsleep() : Phase.FIRST_SYNC);
      tasks.add(Task.OLDER);
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
      boolean finished = olderMessages.read(folder, folderSync(), patience(), tasks::hasUrgent);
      log.goesOn();
      if (!finished || tasks.hasUrgent()) {
        tasks.add(Task.OLDER);
        return;
      }
    }
    if (progress.isWhole() || olderMessages.folders().isEmpty()) {
      inStep();
    } else {
      tasks.add(Task.ROUND);
    }
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

  /** News of the inbox wait neither for all other folders nor for older messages. */
  private void someFolderDone() {
    log.goesOn();
    if (progress.hasFirstData()) {
      lookout.watch();
    }
    if (tasks.take(Task.STIR)) {
      stir();
    }
    if (waiters.wantFirstData() && progress.hasFirstData()) {
      waiters.firstDataAreThere();
    }
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
    if (tasks.isClosed()) {
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
    tasks.clear();
    lookout.rest();
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
      lookout.rest();
      connections.closeIdle(Duration.ZERO);
      progress.rest();
      replica.store().trim();
    }
    nextLook.plan(progress, needed);
  }
}
