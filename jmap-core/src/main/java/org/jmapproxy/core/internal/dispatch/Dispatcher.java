package org.jmapproxy.core.internal.dispatch;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.internal.registry.Registry;
import org.jmapproxy.core.internal.session.VisibleAccounts;
import org.jmapproxy.core.method.CallObserver;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;

/** Answers the calls of requests, one after the other. Thread-safe. */
public final class Dispatcher {

  /** What all references of a request may cost, in terms of the request's greatest size. */
  private static final long BUDGET_FACTOR = 2;

  private final Registry registry;
  private final Limits limits;
  private final Clock clock;
  private final CallObserver observer;

  /** A dispatcher to the methods of a registry. */
  public Dispatcher(Registry registry, Limits limits, Clock clock, CallObserver observer) {
    this.registry = registry;
    this.limits = limits;
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Answers a client's request.
   *
   * @throws RequestException {@code unknownCapability} or {@code limit}
   */
  public Responses answer(Principal principal, VisibleAccounts accounts, ApiRequest request) {
    for (String capability : request.using()) {
      if (!registry.capabilityNames().contains(capability) && !accounts.isForwarded(capability)) {
        throw new RequestException(RequestError.unknownCapability(capability));
      }
    }
    if (request.methodCalls().size() > limits.maxCallsInRequest()) {
      throw new RequestException(RequestError.limit("maxCallsInRequest"));
    }
    RequestScope scope =
        new RequestScope(
            this,
            principal,
            accounts,
            request.using()::contains,
            request.createdIds().orElse(Map.of()));
    List<Invocation> responses = dispatch(scope, request.methodCalls());
    return new Responses(responses, request.createdIds().map(before -> scope.createdIds()));
  }

  /** Answers calls made in process, with all capabilities in use. */
  public List<Invocation> call(
      Principal principal, VisibleAccounts accounts, List<Invocation> calls) {
    return dispatch(
        new RequestScope(this, principal, accounts, capability -> true, Map.of()), calls);
  }

  List<Invocation> dispatch(RequestScope scope, List<Invocation> calls) {
    ResultReferences references =
        new ResultReferences(new ReferenceBudget(BUDGET_FACTOR * limits.maxSizeRequest()));
    return new CallSequence(registry, observer, scope, references, calls).answer();
  }

  Optional<String> capabilityOfType(String typeName) {
    return registry.type(typeName).map(DataType::capability);
  }

  Roles serverRoles() {
    return registry.roles();
  }

  Limits limits() {
    return limits;
  }

  Clock clock() {
    return clock;
  }
}
