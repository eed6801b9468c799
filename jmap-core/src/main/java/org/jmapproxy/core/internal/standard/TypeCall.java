package org.jmapproxy.core.internal.standard;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.RenderContext;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of a standard method: the type, the account and what can be done with both.
 *
 * @param roles the account's abilities, the same ones during the whole call
 */
record TypeCall<T, C, U>(
    DataType<T, C, U> type,
    MethodContext context,
    Account account,
    Roles roles,
    CallContext callContext,
    ReadRole<T> source) {

  /**
   * Starts a call.
   *
   * @throws MethodException {@code accountNotFound} or {@code accountNotSupportedByMethod}
   */
  static <T, C, U> TypeCall<T, C, U> open(
      DataType<T, C, U> type, MethodContext context, Id accountId) {
    Account account =
        type.isOfAccounts()
            ? context.account(accountId)
            : Account.of(accountId, "", context.serverRoles());
    Roles roles = account.roles();
    ReadRole<T> reader =
        roles
            .find(type.readRole())
            .orElseThrow(() -> new MethodException(MethodError.accountNotSupportedByMethod()));
    return new TypeCall<>(
        type,
        context,
        account,
        roles,
        context.callContext(accountId),
        shown(type, context, reader));
  }

  /** What the request cannot see might as well not be there. */
  private static <T> ReadRole<T> shown(
      DataType<T, ?, ?> type, MethodContext context, ReadRole<T> source) {
    return type.visibility()
        .<ReadRole<T>>map(
            visibility ->
                (callContext, request) ->
                    source.read(callContext, request).stream()
                        .filter(object -> visibility.test(object, context::isTypeInUse))
                        .toList())
        .orElse(source);
  }

  /**
   * The role that writes.
   *
   * @throws MethodException {@code accountReadOnly} or {@code accountNotSupportedByMethod}
   */
  WriteRole<T, C, U> writer() {
    if (account.isReadOnly()) {
      throw new MethodException(MethodError.accountReadOnly());
    }
    return roles
        .find(type.writeRole())
        .orElseThrow(() -> new MethodException(MethodError.accountNotSupportedByMethod()));
  }

  /** The role that tells changes; without it the state is a digest of all objects. */
  Optional<ChangesRole> changes() {
    return roles.find(type.changesRole());
  }

  /** The current state, of types that have states. */
  Optional<State> stateToTell() {
    return type.isOfAccounts() ? Optional.of(state()) : Optional.empty();
  }

  /** The current state. */
  State state() {
    return changes()
        .map(role -> role.state(callContext))
        .orElseGet(() -> DigestState.of(type, readAll(), rendering(Arguments.none())));
  }

  /** All objects with all declared properties. */
  List<T> readAll() {
    return source.read(callContext, ReadRequest.all(type.properties().keySet()));
  }

  /** Those objects of the given ids that exist, by id and in the order of the ids. */
  Map<Id, T> read(Collection<Id> ids, Set<String> properties, Arguments extras) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<Id, T> unordered = new LinkedHashMap<>();
    ReadRequest request = new ReadRequest(Optional.of(List.copyOf(ids)), properties, extras);
    source.read(callContext, request).forEach(one -> unordered.put(type.idOf(one), one));
    Map<Id, T> found = new LinkedHashMap<>();
    for (Id id : ids) {
      T object = unordered.get(id);
      if (object != null) {
        found.put(id, object);
      }
    }
    return found;
  }

  /** What renderers are told. */
  RenderContext rendering(Arguments extras) {
    return new RenderContext(callContext, extras, roles, context::isTypeInUse);
  }

  /** The beginning of a response. */
  ObjectNode response() {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    return type.isOfAccounts() ? response.put("accountId", account.id().value()) : response;
  }
}
