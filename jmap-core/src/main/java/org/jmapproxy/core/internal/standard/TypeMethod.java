package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.FollowUp;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.node.ObjectNode;

/** What all standard methods of a data type have in common. */
abstract class TypeMethod<T, C, U> implements Method {

  final DataType<T, C, U> type;
  private final StandardMethod method;

  TypeMethod(DataType<T, C, U> type, StandardMethod method) {
    this.type = type;
    this.method = method;
  }

  @Override
  public final String name() {
    return nameOf(method);
  }

  @Override
  public final String capability() {
    return type.capability();
  }

  final String nameOf(StandardMethod other) {
    return type.name() + "/" + other.suffix();
  }

  /** The account that a call names; none for types without account. */
  final Id accountId(ArgumentReader reader) {
    return type.isOfAccounts() ? reader.accountId() : CallContext.NO_ACCOUNT;
  }

  /** Completes a response by the members that the type adds to it. */
  final List<Invocation> respond(
      TypeCall<T, C, U> call, ObjectNode response, Arguments extras, Optional<Changes> changes) {
    type.responseMembers(method)
        .forEach(
            member ->
                response.set(
                    member.name(),
                    member.value().of(call.callContext(), call.roles(), extras, changes)));
    return List.of(new Invocation(name(), response, ""));
  }

  /** The type's implicit calls, which may look at objects before they change. */
  final List<FollowUp> followUps(MethodContext context, ObjectNode arguments) {
    return type.followUps().stream().map(next -> next.knowing(context, arguments)).toList();
  }

  /**
   * Makes the implicit calls that the type wants after a response, which stays the first: what it
   * acknowledges is done, whatever becomes of them.
   */
  static List<Invocation> followUp(
      MethodContext context,
      List<FollowUp> followUps,
      ObjectNode arguments,
      List<Invocation> responses) {
    if (followUps.isEmpty()) {
      return responses;
    }
    List<Invocation> all = new ArrayList<>(responses);
    try {
      for (FollowUp followUp : followUps) {
        for (Invocation next :
            followUp.after(arguments, responses.get(0).arguments(), context.createdIds())) {
          all.addAll(context.call(next.name(), next.arguments()));
        }
      }
    } catch (RuntimeException e) {
      MethodError error =
          Failures.toMethodError(e, "an implicit call after " + responses.get(0).name());
      all.add(new Invocation("error", error.toJson(), ""));
    }
    return all;
  }
}
