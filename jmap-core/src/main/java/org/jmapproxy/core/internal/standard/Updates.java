package org.jmapproxy.core.internal.standard;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.internal.failure.Failures;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectUpdate;
import org.jmapproxy.core.type.RenderContext;
import tools.jackson.databind.node.ObjectNode;

/** The updates of a /set. */
final class Updates<T, C, U> {

  private final SetCall<T, C, U> set;
  private final DataType<T, C, U> type;
  private final Map<String, ObjectNode> requested;
  private final Set<String> doomed;

  /**
   * Prepares the updates.
   *
   * @param doomed ids that the same call destroys
   */
  Updates(SetCall<T, C, U> set, Map<String, ObjectNode> requested, Set<String> doomed) {
    this.set = set;
    this.type = set.type();
    this.requested = requested;
    this.doomed = doomed;
  }

  void run() {
    Map<Id, ObjectNode> patches = possible();
    if (patches.isEmpty()) {
      return;
    }
    Map<Id, T> current;
    try {
      current = set.call().read(patches.keySet(), touched(patches), Arguments.none());
    } catch (RuntimeException e) {
      SetError error = Failures.toSetError(e, "writing an object");
      patches.keySet().forEach(id -> set.outcome().notUpdated(id.value(), error));
      return;
    }
    update(patches, current);
  }

  /** The patches by id, without those of objects that cannot exist or are to be destroyed. */
  private Map<Id, ObjectNode> possible() {
    Map<Id, ObjectNode> patches = new LinkedHashMap<>();
    requested.forEach(
        (key, patch) -> {
          String id = set.call().context().creationIds().apply(key);
          if (!Id.isValid(id)) {
            set.outcome().notUpdated(key, SetError.notFound());
          } else if (doomed.contains(id)) {
            set.outcome().notUpdated(id, SetError.willDestroy());
          } else if (patches.putIfAbsent(Id.of(id), patch) != null) {
            set.outcome()
                .notUpdated(key, SetError.invalidPatch(id + " is updated twice in this call"));
          }
        });
    return patches;
  }

  private Set<String> touched(Map<Id, ObjectNode> patches) {
    Set<String> names = new LinkedHashSet<>();
    names.add("id");
    for (ObjectNode patch : patches.values()) {
      for (String pointer : patch.propertyNames()) {
        String name = Patch.property(pointer);
        if (type.property(name).isPresent()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private void update(Map<Id, ObjectNode> patches, Map<Id, T> current) {
    Map<Id, U> valid = new LinkedHashMap<>();
    RenderContext rendering = set.call().rendering(Arguments.none());
    patches.forEach(
        (id, patch) -> {
          T object = current.get(id);
          if (object == null) {
            set.outcome().notUpdated(id.value(), SetError.notFound());
          } else if (patch.isEmpty()) {
            set.outcome().updated(id, null);
          } else if (type.updateDecoder().isEmpty()) {
            set.outcome()
                .notUpdated(
                    id.value(), SetError.forbidden(type.name() + " objects cannot be changed"));
          } else {
            decode(id, object, patch, rendering, type.updateDecoder().get(), valid);
          }
        });
    set.write(
            valid.keySet(),
            () -> set.writer().update(set.call().callContext(), valid, set.extras()),
            UpdateOutcome.NotUpdated<T>::new)
        .forEach(this::report);
  }

  private void decode(
      Id id,
      T object,
      ObjectNode patch,
      RenderContext rendering,
      Function<ObjectUpdate, Decoded<U>> decoder,
      Map<Id, U> valid) {
    Decoded<U> decoded =
        SetCall.decode(
            () -> {
              Patch<T> applied =
                  new Patch<>(
                      type,
                      set.call().context().creationIds(),
                      property -> property.renderer().render(object, rendering));
              return applied
                  .apply(patch)
                  .<Decoded<U>>map(Decoded.Invalid::new)
                  .orElseGet(
                      () ->
                          decoder.apply(
                              applied.update(set.call().callContext(), set.call().roles(), id)));
            });
    if (decoded instanceof Decoded.Valid<U> update) {
      valid.put(id, update.value());
    } else if (decoded instanceof Decoded.Invalid<U> invalid) {
      set.outcome().notUpdated(id.value(), invalid.error());
    }
  }

  private void report(Id id, UpdateOutcome<T> outcome) {
    if (outcome instanceof UpdateOutcome.NotUpdated<T> refused) {
      set.outcome().notUpdated(id.value(), refused.error());
    } else if (outcome instanceof UpdateOutcome.Updated<T> updated) {
      set.outcome()
          .updated(
              id,
              updated
                  .after()
                  .filter(object -> !updated.changedByServer().isEmpty())
                  .flatMap(object -> set.show(object, updated.changedByServer()))
                  .orElse(null));
    }
  }
}
