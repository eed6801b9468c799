package org.jmapproxy.core.internal.standard;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Foo/changes} (RFC 8620 section 5.2). */
final class ChangesMethod<T, C, U> extends TypeMethod<T, C, U> {

  ChangesMethod(DataType<T, C, U> type) {
    super(type, StandardMethod.CHANGES);
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    String since = reader.requiredString("sinceState");
    OptionalLong maxChanges = reader.unsigned("maxChanges");
    Arguments extras = reader.extras(type.arguments(StandardMethod.CHANGES));
    reader.end();
    if (maxChanges.isPresent() && maxChanges.getAsLong() == 0) {
      throw new MethodException(MethodError.invalidArgument("maxChanges", "must be at least 1"));
    }
    TypeCall<T, C, U> call = TypeCall.open(type, context, accountId);

    // Never more than one /get can fetch, so that a reference to the ids always works.
    int max = (int) Math.min(maxChanges.orElse(Long.MAX_VALUE), context.limits().maxObjectsInGet());
    Changes changes =
        ChangesSince.page(call, since, max)
            .orElseThrow(() -> new MethodException(MethodError.cannotCalculateChanges()));

    ObjectNode response = call.response();
    response.put("oldState", since);
    response.put("newState", changes.newState().value());
    response.put("hasMoreChanges", changes.hasMoreChanges());
    putIds(response.putArray("created"), changes.created());
    putIds(response.putArray("updated"), changes.updated());
    putIds(response.putArray("destroyed"), changes.destroyed());
    return respond(call, response, extras, Optional.of(changes));
  }

  private static void putIds(ArrayNode array, List<Id> ids) {
    ids.forEach(id -> array.add(id.value()));
  }
}
