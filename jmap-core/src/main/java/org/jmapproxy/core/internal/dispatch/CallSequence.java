package org.jmapproxy.core.internal.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.internal.registry.Registry;
import org.jmapproxy.core.method.CallObserver;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import tools.jackson.databind.node.ObjectNode;

/** Answers a list of calls in order: each here, or in runs by whoever answers for an account. */
final class CallSequence {

  private final Registry registry;
  private final CallObserver observer;
  private final RequestScope scope;
  private final ResultReferences references;
  private final List<Invocation> calls;
  private final ForwardingRuns runs;
  private final List<Invocation> responses = new ArrayList<>();

  CallSequence(
      Registry registry,
      CallObserver observer,
      RequestScope scope,
      ResultReferences references,
      List<Invocation> calls) {
    this.registry = registry;
    this.observer = observer;
    this.scope = scope;
    this.references = references;
    this.calls = calls;
    runs = new ForwardingRuns(scope, references);
  }

  List<Invocation> answer() {
    int next = 0;
    while (next < calls.size()) {
      next += answerFrom(next);
    }
    return responses;
  }

  /** Answers the call at an index, or the run that begins there; returns how many these were. */
  private int answerFrom(int index) {
    long start = System.nanoTime();
    int before = responses.size();
    int count = 1;
    Invocation call = calls.get(index);
    try {
      Optional<ForwardingRun> run = runs.startingAt(index, calls, responses);
      if (run.isPresent()) {
        count = run.get().size();
        responses.addAll(run.get().answer(scope));
      } else {
        responses.addAll(answerHere(call));
      }
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      MethodError error = Failures.toMethodError(e, "the method call " + call.name());
      responses.add(new Invocation("error", error.toJson(), call.callId()));
    }
    tellObserver(
        calls.subList(index, index + count),
        responses.subList(before, responses.size()),
        Duration.ofNanos(System.nanoTime() - start));
    return count;
  }

  private void tellObserver(
      List<Invocation> answered, List<Invocation> answers, Duration duration) {
    for (Invocation call : answered) {
      Optional<String> error =
          answers.stream()
              .filter(answer -> answer.isError() && answer.callId().equals(call.callId()))
              .map(answer -> answer.arguments().path("type").asString("serverFail"))
              .findFirst();
      observer.answered(call.name(), error, duration);
    }
  }

  private List<Invocation> answerHere(Invocation call) {
    Method method =
        registry
            .method(call.name())
            .filter(known -> scope.uses(known.capability()))
            .orElseThrow(() -> new MethodException(MethodError.unknownMethod()));
    ObjectNode arguments = references.resolve(call.arguments(), responses, callId -> false);
    List<Invocation> answers = method.call(scope, arguments);
    if (answers.isEmpty()) {
      throw new IllegalStateException(call.name() + " gave no response");
    }
    return answers.stream()
        .map(answer -> new Invocation(answer.name(), answer.arguments(), call.callId()))
        .toList();
  }
}
