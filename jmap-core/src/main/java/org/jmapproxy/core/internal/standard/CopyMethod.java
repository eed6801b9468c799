package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.type.CopyRecipe;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.FollowUp;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code Foo/copy} (RFC 8620 section 5.4). Made of calls only, so that either account may be one
 * whose calls are forwarded.
 */
final class CopyMethod<T, C, U> extends TypeMethod<T, C, U> {

  CopyMethod(DataType<T, C, U> type) {
    super(type, StandardMethod.COPY);
  }

  /** What the client asks for. */
  private record Request(
      String from,
      Id to,
      Optional<String> ifFromInState,
      Optional<String> ifInState,
      Map<String, ObjectNode> create,
      boolean destroyOriginal,
      Optional<String> destroyFromIfInState,
      Arguments extras) {}

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    Request request = read(arguments);
    if (request.create().size() > context.limits().maxObjectsInSet()) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInSet is " + context.limits().maxObjectsInSet()));
    }
    Id from = source(context, request.from());
    requireTarget(context, request.to());
    Calls calls = new Calls(context, type.name());
    if (request.ifFromInState().isPresent()) {
      refuseOtherState(request.ifFromInState(), calls.state(from));
    }
    String oldState = calls.state(request.to());
    List<FollowUp> followUps = followUps(context, arguments);
    refuseOtherState(request.ifInState(), oldState);

    Map<String, String> originals = originals(context, request);
    CopyRecipe.Result result = copy(context, from, request, originals);

    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("fromAccountId", from.value());
    response.put("accountId", request.to().value());
    response.put("oldState", oldState);
    response.put("newState", newState(calls, request, result, oldState));
    response.set("created", orNull(result.created()));
    response.set("notCreated", orNull(result.notCreated()));
    List<Invocation> responses =
        followUp(context, followUps, arguments, List.of(new Invocation(name(), response, "")));
    return request.destroyOriginal() && !result.created().isEmpty()
        ? destroyed(context, responses, destruction(from, request, originals, result))
        : responses;
  }

  private Request read(ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    String from = reader.requiredString("fromAccountId");
    Id to = reader.accountId();
    if (from.equals(to.value())) {
      throw new MethodException(
          MethodError.invalidArgument("fromAccountId", "must differ from accountId"));
    }
    reader.required("create", JsonType.OBJECT);
    Request request =
        new Request(
            from,
            to,
            reader.string("ifFromInState"),
            reader.string("ifInState"),
            reader.objectsByCreationId("create"),
            reader.flag("onSuccessDestroyOriginal", false),
            reader.string("destroyFromIfInState"),
            reader.extras(type.arguments(StandardMethod.COPY)));
    reader.end();
    return request;
  }

  private Id source(MethodContext context, String from) {
    if (!Id.isValid(from)) {
      throw new MethodException(MethodError.fromAccountNotFound());
    }
    Account account;
    try {
      account = context.account(Id.of(from));
    } catch (MethodException e) {
      throw e.error().type().equals("accountNotFound")
          ? new MethodException(MethodError.fromAccountNotFound())
          : e;
    }
    if (!account.roles().has(type.readRole()) && !account.roles().has(InvocationForwarder.ROLE)) {
      throw new MethodException(MethodError.fromAccountNotSupportedByMethod());
    }
    return account.id();
  }

  private void requireTarget(MethodContext context, Id to) {
    Account account = context.account(to);
    if (account.roles().has(InvocationForwarder.ROLE)) {
      return;
    }
    if (!account.roles().has(type.readRole())) {
      throw new MethodException(MethodError.accountNotSupportedByMethod());
    }
    if (account.isReadOnly()) {
      throw new MethodException(MethodError.accountReadOnly());
    }
  }

  private static void refuseOtherState(Optional<String> wanted, String actual) {
    if (wanted.isPresent() && !wanted.get().equals(actual)) {
      throw new MethodException(MethodError.stateMismatch());
    }
  }

  /** The ids of the originals by creation id, of those copies that name one. */
  private static Map<String, String> originals(MethodContext context, Request request) {
    Map<String, String> originals = new LinkedHashMap<>();
    request
        .create()
        .forEach(
            (creationId, object) -> {
              if (object.path("id").isString()) {
                String id = context.creationIds().apply(object.path("id").stringValue());
                originals.put(creationId, id);
              }
            });
    return originals;
  }

  private CopyRecipe.Result copy(
      MethodContext context, Id from, Request request, Map<String, String> originals) {
    ObjectNode create = JsonNodeFactory.instance.objectNode();
    ObjectNode notCreated = JsonNodeFactory.instance.objectNode();
    request
        .create()
        .forEach(
            (creationId, object) -> {
              String original = originals.get(creationId);
              if (original == null) {
                SetError error = SetError.invalidProperty("id", "must name the original");
                notCreated.set(creationId, error.toJson());
              } else {
                ObjectNode copy = JsonNodeFactory.instance.objectNode().setAll(object);
                create.set(creationId, copy.put("id", original));
              }
            });
    if (create.isEmpty()) {
      return new CopyRecipe.Result(JsonNodeFactory.instance.objectNode(), notCreated);
    }
    CopyRecipe.Result result =
        type.copyRecipe()
            .orElseGet(() -> new ReadAndCreate(type, context.limits().maxObjectsInGet()))
            .copy(context, from, request.to(), create);
    remember(context, result.created());
    return new CopyRecipe.Result(result.created(), notCreated.setAll(result.notCreated()));
  }

  private static void remember(MethodContext context, ObjectNode created) {
    created.forEachEntry(
        (creationId, object) -> {
          String id = object.path("id").asString("");
          if (Id.isValid(id)) {
            context.created(creationId, Id.of(id));
          }
        });
  }

  /** The copies are made: that the new state cannot be told must not hide it. */
  private static String newState(
      Calls calls, Request request, CopyRecipe.Result result, String oldState) {
    if (result.created().isEmpty()) {
      return oldState;
    }
    try {
      return calls.state(request.to());
    } catch (RuntimeException e) {
      Failures.log(e, "telling what was written");
      return oldState;
    }
  }

  private static ObjectNode destruction(
      Id from, Request request, Map<String, String> originals, CopyRecipe.Result result) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    arguments.put("accountId", from.value());
    request.destroyFromIfInState().ifPresent(state -> arguments.put("ifInState", state));
    Set<String> ids = new LinkedHashSet<>();
    originals.forEach(
        (creationId, id) -> {
          if (result.created().has(creationId)) {
            ids.add(id);
          }
        });
    ArrayNode destroy = arguments.putArray("destroy");
    ids.forEach(destroy::add);
    return arguments;
  }

  private List<Invocation> destroyed(
      MethodContext context, List<Invocation> responses, ObjectNode arguments) {
    List<Invocation> all = new ArrayList<>(responses);
    all.addAll(context.call(nameOf(StandardMethod.SET), arguments));
    return all;
  }

  private static JsonNode orNull(ObjectNode node) {
    return node.isEmpty() ? NullNode.getInstance() : node;
  }
}
