package org.jmapproxy.backend.passthrough.internal.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.backend.passthrough.internal.Environment;
import org.jmapproxy.backend.passthrough.internal.blob.UpstreamBlobs;
import org.jmapproxy.backend.passthrough.internal.forward.ApiRequests;
import org.jmapproxy.backend.passthrough.internal.forward.ForwardedCalls;
import org.jmapproxy.backend.passthrough.internal.http.Backoff;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamClient;
import org.jmapproxy.backend.passthrough.internal.push.UpstreamChanges;
import org.jmapproxy.backend.passthrough.internal.session.CurrentSession;
import org.jmapproxy.backend.passthrough.internal.session.SessionDiscovery;
import org.jmapproxy.backend.passthrough.internal.session.SessionFile;
import org.jmapproxy.backend.passthrough.internal.session.UpstreamAddress;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.Subscription;

/** An account whose calls an upstream answers. Nothing is synchronised: nothing is kept here. */
public final class PassthroughAccount implements OpenAccount {

  private final CurrentSession session;
  private final UpstreamChanges changes;
  private final Backoff backoff;
  private final Instant opened;
  private final Roles roles;

  /** Opens an account on what is known of its upstream; asks nobody. */
  public PassthroughAccount(AccountConfiguration configuration, Environment environment) {
    UpstreamAddress upstream = UpstreamAddress.of(configuration.settings());
    backoff = new Backoff(environment.clock());
    opened = environment.clock().instant();
    UpstreamClient client =
        new UpstreamClient(
            environment.http(),
            configuration.credentials(),
            upstream.origins(),
            backoff,
            environment.clock());
    session =
        new CurrentSession(
            new SessionDiscovery(client, upstream),
            SessionFile.of(environment.dataDirectory(), configuration.accountId()),
            environment.executor());
    ApiRequests requests = new ApiRequests(session, client, environment.maxResponseSize());
    changes =
        new UpstreamChanges(configuration.accountId(), session, client, requests, environment);
    roles =
        Roles.builder()
            .<InvocationForwarder>with(
                InvocationForwarder.ROLE,
                new ForwardedCalls(
                    configuration.accountId(),
                    session,
                    requests,
                    environment.clock(),
                    changes::answered))
            .<BlobRole>with(BlobRole.ROLE, new UpstreamBlobs(session, client, environment.clock()))
            .<ChangeSignals>with(ChangeSignals.ROLE, changes)
            .build();
  }

  /**
   * Looks for the upstream and tells what names the account there: the address of its API, the
   * account's id, and who logs in.
   *
   * @throws BackendException when there is no usable session
   */
  public static String identify(AccountConfiguration configuration, Environment environment) {
    UpstreamAddress upstream = UpstreamAddress.of(configuration.settings());
    UpstreamClient client =
        new UpstreamClient(
            environment.http(),
            configuration.credentials(),
            upstream.origins(),
            new Backoff(environment.clock()),
            environment.clock());
    var found = new SessionDiscovery(client, upstream).fetch();
    String user = found.json().path("username").asString("");
    return String.join(
        " ",
        found.apiUrl().toString(),
        found.accountId(),
        user.isEmpty() ? configuration.credentials().username() : user);
  }

  @Override
  public Roles roles() {
    return roles;
  }

  @Override
  public SyncStatus status() {
    Optional<BackendException> trouble = backoff.trouble();
    SyncStatus.Phase phase =
        trouble
            .map(
                e ->
                    e.reason() == BackendException.Reason.AUTHENTICATION_LOST
                        ? SyncStatus.Phase.AUTHENTICATION_FAILED
                        : SyncStatus.Phase.UNREACHABLE)
            .orElse(session.known().isPresent() ? SyncStatus.Phase.LIVE : SyncStatus.Phase.NEW);
    Optional<Instant> known = session.known().map(any -> opened);
    return new SyncStatus(phase, 0, 0, 0, known, trouble.map(BackendException::getMessage));
  }

  /** Nothing is connected for longer than a request, but for who hears of changes. */
  @Override
  public Subscription lease() {
    return () -> {};
  }

  /** There is nothing to synchronise. */
  @Override
  public void sync(Duration patience) {
    // see above
  }

  @Override
  public void awaitFirstData(Duration patience) {
    session.fetch();
  }

  @Override
  public void close() {
    changes.close();
    session.close();
  }
}
