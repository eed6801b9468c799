package org.jmapproxy.core.internal.standard;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.Property;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The creations of a /set: wave by wave, so that an object exists before others refer to it. */
final class Creations<T, C, U> {

  private final SetCall<T, C, U> set;
  private final DataType<T, C, U> type;
  private final Map<String, ObjectNode> requested;
  private final Set<String> done = new HashSet<>();

  Creations(SetCall<T, C, U> set, Map<String, ObjectNode> requested) {
    this.set = set;
    this.type = set.type();
    this.requested = requested;
  }

  void run() {
    if (type.isSingleton()) {
      refuseAll(SetError.singleton());
    } else if (type.creationDecoder().isEmpty()) {
      refuseAll(SetError.forbidden(type.name() + " objects cannot be created"));
    } else {
      for (List<String> wave : CreationOrder.waves(type, requested)) {
        create(wave, type.creationDecoder().get());
      }
    }
  }

  private void refuseAll(SetError error) {
    requested.keySet().forEach(creationId -> set.outcome().notCreated(creationId, error));
  }

  private void create(List<String> wave, Function<ObjectCreation, Decoded<C>> decoder) {
    Map<String, C> valid = new LinkedHashMap<>();
    for (String creationId : wave) {
      Decoded<C> decoded = decode(creationId, decoder);
      if (decoded instanceof Decoded.Valid<C> creation) {
        valid.put(creationId, creation.value());
      } else if (decoded instanceof Decoded.Invalid<C> invalid) {
        set.outcome().notCreated(creationId, invalid.error());
      }
    }
    set.write(
            valid.keySet(),
            () -> set.writer().create(set.call().callContext(), valid, set.extras()),
            CreateOutcome.NotCreated<T>::new)
        .forEach(this::report);
  }

  private Decoded<C> decode(String creationId, Function<ObjectCreation, Decoded<C>> decoder) {
    CreationCheck<T> check = new CreationCheck<>(type, this::resolve);
    return check
        .check(object(creationId))
        .<Decoded<C>>map(Decoded.Invalid::new)
        .orElseGet(
            () ->
                SetCall.decode(
                    () ->
                        decoder.apply(
                            new ObjectCreation(
                                set.call().callContext(),
                                set.call().roles(),
                                check.properties()))));
  }

  /** A creation id of this call never means an object of an earlier call. */
  private String resolve(String id) {
    if (id.startsWith("#")) {
      String creationId = id.substring(1);
      if (requested.containsKey(creationId) && !done.contains(creationId)) {
        return id;
      }
    }
    UnaryOperator<String> earlier = set.call().context().creationIds();
    return earlier.apply(id);
  }

  private void report(String creationId, CreateOutcome<T> outcome) {
    if (outcome instanceof CreateOutcome.Created<T> created) {
      Id id = type.idOf(created.object());
      done.add(creationId);
      set.call().context().created(creationId, id);
      set.outcome()
          .created(
              creationId,
              set.show(created.object(), shown(creationId, created))
                  .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("id", id.value())));
    } else if (outcome instanceof CreateOutcome.NotCreated<T> refused) {
      set.outcome().notCreated(creationId, refused.error());
    }
  }

  /** What the server set: always, as a default, or other than asked for. */
  private Set<String> shown(String creationId, CreateOutcome.Created<T> created) {
    Set<String> names = new LinkedHashSet<>(type.createResponse());
    names.addAll(created.changedByServer());
    for (Property<T> property : type.properties().values()) {
      if (property.defaultValue().isPresent()
          && property.returnedByDefault()
          && !object(creationId).has(property.name())) {
        names.add(property.name());
      }
    }
    return names;
  }

  private ObjectNode object(String creationId) {
    return requested.getOrDefault(creationId, JsonNodeFactory.instance.objectNode());
  }
}
