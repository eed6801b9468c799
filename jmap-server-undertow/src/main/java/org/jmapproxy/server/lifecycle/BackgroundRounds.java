package org.jmapproxy.server.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.server.accounts.AccountDirectory;
import org.jmapproxy.server.accounts.StoredAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to accounts while nobody asks: their status is written down, idle ones are closed,
 * closed ones looked after from time to time, unfinished first syncs taken up again, and mail sent
 * that was held or could not be sent.
 */
public final class BackgroundRounds {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRounds.class);
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(2);
  private static final Duration SLEEP = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration BETWEEN_SETTLINGS = Duration.ofMinutes(1);
  private static final int AT_ONCE = 4;

  private final AccountDirectory directory;
  private final OpenAccounts accounts;
  private final Duration idleTimeout;
  private final Executor executor;
  private final InstantSource clock;
  private final Map<String, Instant> nextVisit = new ConcurrentHashMap<>();
  private final Map<String, Instant> nextSettling = new ConcurrentHashMap<>();
  private final Set<String> visited = ConcurrentHashMap.newKeySet();
  private final Semaphore visits = new Semaphore(AT_ONCE);

  /** {@code idleTimeout} zero means that accounts are open at all times. */
  public BackgroundRounds(
      AccountDirectory directory,
      OpenAccounts accounts,
      Duration idleTimeout,
      Executor executor,
      InstantSource clock) {
    this.directory = directory;
    this.accounts = accounts;
    this.idleTimeout = idleTimeout;
    this.executor = executor;
    this.clock = clock;
  }

  /** Goes on until the timer is shut down or the answer is cancelled. */
  public Future<?> start(ScheduledExecutorService timer) {
    return timer.scheduleWithFixedDelay(
        () -> hand(this::houseKeeping), 0, HOUSEKEEPING.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void houseKeeping() {
    if (idleTimeout.isZero()) {
      accounts.writeStatuses();
    } else {
      accounts.closeIdle(idleTimeout);
    }
    accounts.due().stream().filter(this::maySettle).forEach(this::settle);
    for (StoredAccount stored : directory.all()) {
      if (mayVisit(stored) && !accounts.isOpen(stored.accountId()) && isDue(stored)) {
        visit(stored.accountId());
      }
    }
  }

  /** At the start of the server visits are spread over the whole interval. */
  private boolean isDue(StoredAccount stored) {
    boolean atOnce =
        idleTimeout.isZero() || stored.status().lastSync().isEmpty() || isLockedOut(stored);
    Instant due =
        nextVisit.computeIfAbsent(stored.accountId(), id -> atOnce ? clock.instant() : soon());
    return !due.isAfter(clock.instant());
  }

  /** An account that cannot be opened is not tried again at once. */
  private boolean maySettle(String accountId) {
    Instant now = clock.instant();
    Instant next = nextSettling.getOrDefault(accountId, Instant.EPOCH);
    return !next.isAfter(now);
  }

  /** Opens an account that has something to do, for as long as that takes. */
  private void settle(String accountId) {
    nextSettling.put(accountId, clock.instant().plus(BETWEEN_SETTLINGS));
    hand(
        () -> {
          try {
            accounts.visit(accountId, OpenAccount::settle);
            nextSettling.remove(accountId);
          } catch (BackendException e) {
            LOG.info("Account {}: {}", accountId, e.getMessage());
          }
        });
  }

  private void visit(String accountId) {
    if (!visits.tryAcquire()) {
      return;
    }
    visited.add(accountId);
    nextVisit.put(accountId, clock.instant().plus(SLEEP));
    boolean accepted =
        hand(
            () -> {
              try {
                round(accountId);
              } catch (BackendException e) {
                LOG.info("Account {}: {}", accountId, e.getMessage());
              } finally {
                visits.release();
              }
            });
    if (!accepted) {
      visits.release();
    }
  }

  /** Accounts that are never to sleep are used once; that wakes them for good. */
  private void round(String accountId) {
    if (idleTimeout.isZero()) {
      accounts.use(accountId, open -> open.sync(PATIENCE));
    } else {
      accounts.visit(accountId, open -> open.sync(PATIENCE));
    }
  }

  private boolean hand(Runnable work) {
    try {
      executor.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              LOG.error("A background round failed", e);
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private Instant soon() {
    return clock.instant().plusSeconds(ThreadLocalRandom.current().nextLong(SLEEP.toSeconds()));
  }

  /**
   * A password that was refused is not tried again and again: that would lock the account. Each
   * start tries once, for the operator may have set right what was wrong.
   */
  private boolean mayVisit(StoredAccount stored) {
    boolean hasServer =
        stored.settings().imap().isPresent() || !stored.settings().type().equals("imap");
    return hasServer && (!isLockedOut(stored) || !visited.contains(stored.accountId()));
  }

  private static boolean isLockedOut(StoredAccount stored) {
    return stored.status().phase() == SyncStatus.Phase.AUTHENTICATION_FAILED;
  }
}
