package org.jmapproxy.core.internal.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.internal.registry.Registry;
import org.jmapproxy.core.internal.session.VisibleAccounts;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.transport.EventSink;
import org.jmapproxy.core.transport.EventStream;
import org.jmapproxy.core.transport.EventStreamRequest;
import org.jmapproxy.core.type.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens event streams over all accounts of a principal. Thread-safe. */
public final class EventStreams {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

  private final Registry registry;

  /** Streams that know the states of a registry's data types. */
  public EventStreams(Registry registry) {
    this.registry = registry;
  }

  /**
   * Opens a stream. It listens before it looks, so that no change falls between.
   *
   * @param contexts makes the context for an account
   */
  public EventStream open(
      VisibleAccounts accounts,
      Function<Id, CallContext> contexts,
      EventStreamRequest request,
      EventSink sink) {
    StateEventStream stream = new StateEventStream(request, sink);
    List<Subscription> subscriptions = new ArrayList<>();
    try {
      for (Account account : accounts.all()) {
        account
            .roles()
            .find(ChangeSignals.ROLE)
            .ifPresent(signals -> subscriptions.add(signals.subscribe(stream::changed)));
      }
      List<StateChange> current = new ArrayList<>();
      for (Account account : accounts.all()) {
        current.add(currentStates(account, contexts.apply(account.id())));
      }
      stream.start(subscriptions, current);
      return stream;
    } catch (RuntimeException e) {
      subscriptions.forEach(Subscription::close);
      throw e;
    }
  }

  /** A type whose state cannot be told now is left out: the next change will tell it. */
  private StateChange currentStates(Account account, CallContext context) {
    Map<String, State> states = new TreeMap<>();
    account.roles().find(ChangeSignals.ROLE).ifPresent(role -> states.putAll(role.current()));
    for (DataType<?, ?, ?> type : registry.types()) {
      try {
        account
            .roles()
            .find(type.changesRole())
            .ifPresent(role -> states.put(type.name(), role.state(context)));
      } catch (BackendException e) {
        LOG.debug("no state of {} for an event stream: {}", type.name(), e.getMessage());
      }
    }
    return new StateChange(account.id(), states);
  }
}
