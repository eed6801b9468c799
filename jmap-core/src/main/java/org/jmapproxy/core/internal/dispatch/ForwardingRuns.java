package org.jmapproxy.core.internal.dispatch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.internal.json.JsonSize;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.spi.Account;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the longest runs of calls that can be forwarded together. References between calls of a run
 * stay as they are; references to responses before it are resolved here. A call that needs a
 * response of the run to tell its account ends the run, and so does a call between two accounts. A
 * run is no longer and no larger than the upstream takes; one call alone is a run in any case.
 */
final class ForwardingRuns {

  private final RequestScope scope;
  private final ResultReferences references;

  ForwardingRuns(RequestScope scope, ResultReferences references) {
    this.scope = scope;
    this.references = references;
  }

  /**
   * The run that begins with a call; empty when the call is not to be forwarded.
   *
   * @param responses the responses to all calls before
   * @throws MethodException when the call is to be forwarded but its references do not resolve
   */
  Optional<ForwardingRun> startingAt(
      int start, List<Invocation> calls, List<Invocation> responses) {
    Predicate<String> nowhere = callId -> false;
    Optional<Account> account = accountOf(calls.get(start), responses, nowhere);
    Optional<InvocationForwarder> forwarder =
        account.flatMap(found -> found.roles().find(InvocationForwarder.ROLE));
    if (account.isEmpty() || forwarder.isEmpty()) {
      return Optional.empty();
    }
    List<Invocation> run = new ArrayList<>();
    Set<String> callIds = new HashSet<>();
    run.add(ready(calls.get(start), responses, nowhere));
    long most = forwarder.get().maxSizeRequest() - size(scope.createdIds());
    long size = size(run.get(0));
    callIds.add(calls.get(start).callId());
    int end = Math.min(calls.size(), start + Math.max(1, forwarder.get().maxCallsInRequest()));
    for (int i = start + 1; i < end; i++) {
      Optional<Invocation> next = continuing(calls.get(i), account.get(), responses, callIds);
      if (next.isEmpty()) {
        break;
      }
      size += size(next.get());
      if (size > most) {
        break;
      }
      run.add(next.get());
      callIds.add(next.get().callId());
    }
    return Optional.of(new ForwardingRun(account.get(), forwarder.get(), run));
  }

  /** The call made ready to be part of a run, if it can be; its errors show at its own turn. */
  private Optional<Invocation> continuing(
      Invocation call, Account account, List<Invocation> responses, Set<String> callIds) {
    Predicate<String> inside =
        callId ->
            callIds.contains(callId)
                && responses.stream().noneMatch(earlier -> earlier.callId().equals(callId));
    try {
      return accountOf(call, responses, inside)
          .filter(found -> found.id().equals(account.id()))
          .map(found -> ready(call, responses, inside));
    } catch (MethodException e) {
      return Optional.empty();
    }
  }

  private Optional<Account> accountOf(
      Invocation call, List<Invocation> responses, Predicate<String> inside) {
    ObjectNode arguments = call.arguments();
    if (arguments.has("fromAccountId") || arguments.has("#fromAccountId")) {
      return Optional.empty();
    }
    JsonNode accountId = arguments.get("accountId");
    JsonNode reference = arguments.get("#accountId");
    if (accountId == null && reference != null) {
      accountId = referred(reference, responses, inside);
    }
    return accountId != null && accountId.isString()
        ? scope.accounts().find(accountId.stringValue())
        : Optional.empty();
  }

  private @Nullable JsonNode referred(
      JsonNode json, List<Invocation> responses, Predicate<String> inside) {
    try {
      ResultReference reference = ResultReference.parse("#accountId", json);
      return inside.test(reference.resultOf()) ? null : references.resolve(reference, responses);
    } catch (MethodException e) {
      return null;
    }
  }

  private static long size(Invocation call) {
    return JsonSize.text(call.name())
        + JsonSize.text(call.callId())
        + JsonSize.atMost(call.arguments())
        + 5;
  }

  private static long size(Map<String, String> createdIds) {
    long size = 0;
    for (Map.Entry<String, String> entry : createdIds.entrySet()) {
      size += JsonSize.text(entry.getKey()) + JsonSize.text(entry.getValue()) + 2;
    }
    return size;
  }

  private Invocation ready(Invocation call, List<Invocation> responses, Predicate<String> inside) {
    return new Invocation(
        call.name(), references.resolve(call.arguments(), responses, inside), call.callId());
  }
}
