package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Foo/get} (RFC 8620 section 5.1). */
final class GetMethod<T, C, U> extends TypeMethod<T, C, U> {

  GetMethod(DataType<T, C, U> type) {
    super(type, StandardMethod.GET);
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = accountId(reader);
    Optional<List<String>> ids = reader.strings("ids");
    Projection<T> shown = Projection.requested(type, reader.strings("properties"));
    Arguments extras = reader.extras(type.arguments(StandardMethod.GET));
    reader.end();
    refuseTooMany(ids.map(List::size).orElse(0), context);
    TypeCall<T, C, U> call = TypeCall.open(type, context, accountId);

    Optional<State> state = call.stateToTell();
    Set<String> notFound = new LinkedHashSet<>();
    Collection<T> found =
        ids.isPresent()
            ? readSome(call, ids.get(), shown, extras, notFound)
            : readAll(call, shown, extras);

    ObjectNode response = call.response();
    state.ifPresent(told -> response.put("state", told.value()));
    ArrayNode list = response.putArray("list");
    RenderContext rendering =
        type.preparation().prepare(found, shown.names(), call.rendering(extras));
    found.forEach(object -> list.add(shown.render(object, rendering)));
    ArrayNode missing = response.putArray("notFound");
    notFound.forEach(missing::add);
    return respond(call, response, extras, Optional.empty());
  }

  private Collection<T> readSome(
      TypeCall<T, C, U> call,
      List<String> requested,
      Projection<T> shown,
      Arguments extras,
      Set<String> notFound) {
    UnaryOperator<String> creationIds = call.context().creationIds();
    Set<Id> possible = new LinkedHashSet<>();
    for (String id : requested) {
      String resolved = creationIds.apply(id);
      if (Id.isValid(resolved)) {
        possible.add(Id.of(resolved));
      } else {
        notFound.add(resolved);
      }
    }
    Map<Id, T> found = call.read(possible, shown.names(), extras);
    possible.stream().filter(id -> !found.containsKey(id)).forEach(id -> notFound.add(id.value()));
    return found.values();
  }

  private List<T> readAll(TypeCall<T, C, U> call, Projection<T> shown, Arguments extras) {
    if (!type.idsMayBeNull()) {
      throw new MethodException(MethodError.invalidArgument("ids", "must not be null"));
    }
    List<T> all =
        call.source()
            .read(call.callContext(), new ReadRequest(Optional.empty(), shown.names(), extras));
    refuseTooMany(all.size(), call.context());
    return new ArrayList<>(all);
  }

  private static void refuseTooMany(int count, MethodContext context) {
    int limit = context.limits().maxObjectsInGet();
    if (count > limit) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInGet is " + limit + ", this is " + count));
    }
  }
}
