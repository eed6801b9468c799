package org.jmapproxy.server.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The place of one account: closed, or open and used by so many. It has a lease, and so is kept
 * awake, while it is used. Thread-safe.
 */
final class AccountSlot {

  /** How much longer an account stays open than its backend keeps it awake. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Supplier<OpenAccount> opener;
  private @Nullable OpenAccount open;
  private @Nullable Subscription lease;
  private @Nullable SyncStatus lastStatus;
  private int uses;
  private int visits;
  private Instant lastUse = Instant.EPOCH;

  /** {@code opener} opens the account on its local data, or throws. */
  AccountSlot(Supplier<OpenAccount> opener) {
    this.opener = opener;
  }

  /** Opens the account if it is closed and keeps it awake until {@link #release}. */
  synchronized OpenAccount use() {
    OpenAccount account = opened();
    if (lease == null) {
      lease = account.lease();
    }
    uses++;
    return account;
  }

  /** Ends a use; after the last one the account may fall asleep. */
  synchronized void release(Instant now) {
    uses--;
    lastUse = now;
    if (uses == 0) {
      endLease();
    }
  }

  /** Opens the account if it is closed and keeps it open, asleep or not, until {@link #leave}. */
  synchronized OpenAccount visit() {
    OpenAccount account = opened();
    visits++;
    return account;
  }

  synchronized void leave() {
    visits--;
  }

  /** What the account can do; opens it if it is closed. */
  synchronized Roles roles() {
    return opened().roles();
  }

  /** The live status, empty while the account is closed. */
  synchronized Optional<SyncStatus> status() {
    return Optional.ofNullable(open).map(OpenAccount::status);
  }

  /** The live status if it is another than last time. */
  synchronized Optional<SyncStatus> changedStatus() {
    Optional<SyncStatus> changed = status().filter(now -> !now.equals(lastStatus));
    changed.ifPresent(now -> lastStatus = now);
    return changed;
  }

  synchronized boolean isOpen() {
    return open != null;
  }

  /** Closes the account if nobody has used it for a while and its first sync is not under way. */
  synchronized boolean closeIfIdle(Instant now, Duration idleTimeout) {
    boolean resting =
        open != null
            && uses + visits == 0
            && !lastUse.plus(idleTimeout).plus(GRACE).isAfter(now)
            && !firstSyncGoesOn(open.status());
    if (resting) {
      close();
    }
    return resting;
  }

  synchronized void close() {
    OpenAccount account = open;
    open = null;
    endLease();
    if (account != null) {
      account.close();
    }
  }

  private void endLease() {
    Subscription held = lease;
    lease = null;
    if (held != null) {
      held.close();
    }
  }

  private OpenAccount opened() {
    OpenAccount account = open;
    if (account == null) {
      account = opener.get();
      open = account;
    }
    return account;
  }

  private static boolean firstSyncGoesOn(SyncStatus status) {
    return status.lastSync().isEmpty() && status.phase() != SyncStatus.Phase.AUTHENTICATION_FAILED;
  }
}
