package org.jmapproxy.backend.passthrough.internal.push;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jmapproxy.backend.passthrough.internal.Environment;
import org.jmapproxy.backend.passthrough.internal.forward.ApiRequests;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamClient;
import org.jmapproxy.backend.passthrough.internal.session.CurrentSession;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;

/**
 * Changes at the upstream as they become known: while somebody listens, the upstream is watched.
 * Thread-safe.
 */
public final class UpstreamChanges implements ChangeSignals, AutoCloseable {

  private final KnownStates known;
  private final Environment environment;
  private final Id accountId;
  private final UpstreamWatch watch;

  /** The changes of one account; nobody listens yet. */
  public UpstreamChanges(
      Id accountId,
      CurrentSession session,
      UpstreamClient client,
      ApiRequests requests,
      Environment environment) {
    this.accountId = accountId;
    this.environment = environment;
    known = new KnownStates(accountId, environment.changes());
    watch =
        new UpstreamWatch(
            new UpstreamEvents(session, client, known),
            new StatePoll(session, requests),
            known,
            environment.watchers(),
            environment.pollInterval());
  }

  @Override
  public Subscription subscribe(Consumer<StateChange> listener) {
    Subscription subscription = environment.changes().signals(accountId).subscribe(listener);
    Subscription watching = watch.begin();
    return () -> {
      watching.close();
      subscription.close();
    };
  }

  /**
   * Waits a moment for the first look, so that later ones can tell what is new. Who does not get to
   * know the states now is told them as soon as they are known.
   */
  @Override
  public Map<String, State> current() {
    if (!watch.awaitFirstLook() || known.all().isEmpty()) {
      known.tellTheNext();
    }
    return known.all();
  }

  /** Hears responses of the upstream on their way to clients. */
  public void answered(List<Invocation> responses) {
    if (known.learn(responses)) {
      watch.lookSoon();
    }
  }

  /** Watches no more. */
  @Override
  public void close() {
    watch.close();
  }
}
