package org.jmapproxy.core.internal.dispatch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.internal.registry.CoreModule;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.spi.Account;

/**
 * Consecutive calls for one account that are answered elsewhere.
 *
 * @param account the account
 * @param forwarder who answers
 * @param calls ready to be sent: references to responses before the run are resolved
 */
record ForwardingRun(Account account, InvocationForwarder forwarder, List<Invocation> calls) {

  int size() {
    return calls.size();
  }

  /** Responses to every call; if the upstream fails, an error for each. */
  List<Invocation> answer(RequestScope scope) {
    Set<String> using =
        Stream.concat(forwarder.capabilities().keySet().stream(), Stream.of(CoreModule.CORE))
            .filter(scope::uses)
            .collect(Collectors.toSet());
    if (using.isEmpty()) {
      return errors(MethodError.unknownMethod());
    }
    try {
      InvocationForwarder.Answer answer =
          forwarder.forward(
              scope.callContext(account.id()),
              new InvocationForwarder.Run(using, calls, scope.createdIds()));
      scope.createdAll(answer.createdIds());
      return withErrorsForUnanswered(answer.responses());
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return errors(
          Failures.toMethodError(e, "forwarding " + size() + " calls for account " + account.id()));
    }
  }

  /** A client waits for a response to each of its calls, whatever the upstream does. */
  private List<Invocation> withErrorsForUnanswered(List<Invocation> responses) {
    Set<String> unanswered = new LinkedHashSet<>();
    calls.forEach(call -> unanswered.add(call.callId()));
    responses.forEach(response -> unanswered.remove(response.callId()));
    if (unanswered.isEmpty()) {
      return responses;
    }
    Stream<Invocation> errors =
        unanswered.stream()
            .map(
                callId ->
                    error(
                        MethodError.serverFail("the account's server left this call out"), callId));
    return Stream.concat(responses.stream(), errors).toList();
  }

  private List<Invocation> errors(MethodError error) {
    return calls.stream().map(call -> error(error, call.callId())).toList();
  }

  private static Invocation error(MethodError error, String callId) {
    return new Invocation("error", error.toJson(), callId);
  }
}
