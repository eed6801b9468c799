package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.FollowUp;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.node.ObjectNode;

/** {@code Foo/set} (RFC 8620 section 5.3): creates, then updates, then destroys. */
final class SetMethod<T, C, U> extends TypeMethod<T, C, U> {

  private final SetTurns turns = new SetTurns();

  SetMethod(DataType<T, C, U> type) {
    super(type, StandardMethod.SET);
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = accountId(reader);
    Optional<String> ifInState =
        type.isOfAccounts() ? reader.string("ifInState") : Optional.empty();
    Map<String, ObjectNode> create = reader.objectsByCreationId("create");
    Map<String, ObjectNode> update = reader.objects("update");
    List<String> destroy = reader.strings("destroy").orElse(List.of());
    Arguments extras = reader.extras(type.arguments(StandardMethod.SET));
    reader.end();
    refuseTooMany(create.size() + update.size() + destroy.size(), context);
    TypeCall<T, C, U> call = TypeCall.open(type, context, accountId);
    WriteRole<T, C, U> writer = call.writer();
    List<FollowUp> followUps = followUps(context, arguments);

    ObjectNode response;
    Optional<MethodError> endFailed;
    Lock turn = turns.take(call.callContext(), context.clock(), ifInState.isPresent());
    try {
      Optional<State> oldState = call.stateToTell();
      refuseOtherState(ifInState, oldState);
      SetOutcome outcome = new SetOutcome();
      SetCall<T, C, U> set = new SetCall<>(call, writer, extras, outcome);
      change(set, create, update, destroy);
      endFailed = new Conclusions<>(set).run();
      response = call.response();
      if (oldState.isPresent()) {
        response.put("oldState", oldState.get().value());
        response.put("newState", newState(call, oldState.get(), outcome).value());
      }
      outcome.putInto(response);
    } finally {
      turn.unlock();
    }
    List<Invocation> responses = new ArrayList<>(respond(call, response, extras, Optional.empty()));
    endFailed.ifPresent(error -> responses.add(new Invocation("error", error.toJson(), "")));
    return followUp(context, followUps, arguments, responses);
  }

  private void change(
      SetCall<T, C, U> set,
      Map<String, ObjectNode> create,
      Map<String, ObjectNode> update,
      List<String> destroy) {
    new Creations<>(set, create).run();
    Set<String> doomed = resolved(destroy, set.call().context().creationIds());
    new Updates<>(set, update, doomed).run();
    new Destructions<>(set, doomed).run();
  }

  /**
   * The state up to which the client knows everything from this response. If the backend broke off,
   * that is the old state: from there /changes tells what was done untold.
   */
  private State newState(TypeCall<T, C, U> call, State oldState, SetOutcome outcome) {
    if (!outcome.isCertain()) {
      return oldState;
    }
    try {
      return call.state();
    } catch (RuntimeException e) {
      if (!outcome.hasChanges()) {
        throw e;
      }
      Failures.log(e, "telling what was written");
      return oldState;
    }
  }

  private static void refuseTooMany(int count, MethodContext context) {
    int limit = context.limits().maxObjectsInSet();
    if (count > limit) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInSet is " + limit + ", this is " + count));
    }
  }

  private static void refuseOtherState(Optional<String> wanted, Optional<State> actual) {
    if (wanted.isPresent() && !wanted.equals(actual.map(State::value))) {
      throw new MethodException(MethodError.stateMismatch());
    }
  }

  private static Set<String> resolved(List<String> ids, UnaryOperator<String> creationIds) {
    Set<String> resolved = new LinkedHashSet<>();
    ids.forEach(id -> resolved.add(creationIds.apply(id)));
    return resolved;
  }
}
