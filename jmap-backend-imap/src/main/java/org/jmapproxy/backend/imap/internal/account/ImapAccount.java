package org.jmapproxy.backend.imap.internal.account;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jmapproxy.backend.imap.internal.body.BodyCache;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.RefusedSecret;
import org.jmapproxy.backend.imap.internal.outbox.Outbox;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.sync.AccountWorker;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.Subscription;

/**
 * One account that is open.
 *
 * @param offered what it can do; grows with what the server is found to do
 * @param refused which secret the server refused
 * @param outbox sends mail, where the account can
 */
public record ImapAccount(
    AccountStore store,
    BodyCache bodies,
    Connections connections,
    RefusedSecret refused,
    AccountWorker worker,
    Leases leases,
    Optional<Outbox> outbox,
    FoundRoles found,
    AccountRoles offered)
    implements OpenAccount {

  @Override
  public SyncStatus status() {
    return worker.status();
  }

  @Override
  public Roles roles() {
    return offered.current();
  }

  @Override
  public Subscription lease() {
    return leases.hold();
  }

  @Override
  public void sync(Duration patience) {
    refused.forget();
    found.forget();
    connections.reachability().forget();
    await(worker.round(), patience, "The synchronisation takes longer than expected");
  }

  @Override
  public void awaitFirstData(Duration patience) {
    await(worker.firstData(), patience, "The first messages take longer than expected");
  }

  @Override
  public void settle() {
    outbox.ifPresent(Outbox::runDue);
  }

  @Override
  public void close() {
    outbox.ifPresent(Outbox::close);
    worker.stop();
    connections.close();
    worker.close();
    bodies.close();
    store.close();
  }

  private static void await(Future<Void> done, Duration patience, String tooLong) {
    try {
      done.get(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BackendException failure) {
        throw new BackendException(failure.reason(), String.valueOf(failure.getMessage()), e);
      }
      throw new BackendException(Reason.BROKEN, "The synchronisation failed", e);
    } catch (TimeoutException e) {
      throw new BackendException(Reason.UNAVAILABLE, tooLong, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(Reason.UNAVAILABLE, "Interrupted", e);
    }
  }
}
