package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonPath;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.ObjectUpdate;
import org.jmapproxy.core.type.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A PatchObject applied to one object (RFC 8620 section 5.3). Only the properties that it touches
 * are looked at.
 */
final class Patch<T> {

  private final DataType<T, ?, ?> type;
  private final UnaryOperator<String> creationIds;
  private final Function<Property<T>, JsonNode> current;
  private final ObjectNode before = JsonNodeFactory.instance.objectNode();
  private final ObjectNode after = JsonNodeFactory.instance.objectNode();
  private final Map<String, JsonNode> resolved = new LinkedHashMap<>();
  private final PropertyProblems problems = new PropertyProblems();

  /**
   * Prepares a patch.
   *
   * @param current tells the object's present value of a property
   */
  Patch(
      DataType<T, ?, ?> type,
      UnaryOperator<String> creationIds,
      Function<Property<T>, JsonNode> current) {
    this.type = type;
    this.creationIds = creationIds;
    this.current = current;
  }

  /** The top-level property that a pointer touches. */
  static String property(String pointer) {
    int slash = pointer.indexOf('/');
    return JsonPath.unescape(slash < 0 ? pointer : pointer.substring(0, slash));
  }

  /** Applies the patch; the error if it does not apply. */
  Optional<SetError> apply(ObjectNode patch) {
    try {
      Map<String, List<PatchEntry>> byProperty = PatchEntry.byProperty(patch);
      byProperty.forEach(this::touch);
      return problems.error();
    } catch (InvalidPatchException e) {
      return Optional.of(SetError.invalidPatch(e.problem()));
    }
  }

  /** What the type's decoder is given, once the patch is applied. */
  ObjectUpdate update(CallContext call, Roles roles, Id id) {
    return new ObjectUpdate(call, roles, id, before, after, resolved);
  }

  private void touch(String name, List<PatchEntry> entries) {
    Optional<Property<T>> property = type.property(name);
    if (property.isEmpty()) {
      if (!entries.get(0).isWhole()) {
        throw new InvalidPatchException(name + " does not exist");
      }
      problems.add(name, "is not known");
      return;
    }
    JsonNode old = current.apply(property.get());
    Map<String, JsonNode> applied = new LinkedHashMap<>();
    Optional<JsonNode> changed =
        entries.get(0).isWhole()
            ? replace(property.get(), entries.get(0), applied)
            : Optional.of(inside(property.get(), old, entries, applied));
    check(property.get(), old, changed, applied);
  }

  private void check(
      Property<T> property, JsonNode old, Optional<JsonNode> changed, Map<String, JsonNode> patch) {
    if (property.access() != Property.Access.WRITABLE) {
      JsonNode had = old.isMissingNode() ? NullNode.getInstance() : old;
      if (!SameJson.same(had, changed.orElse(NullNode.getInstance()))) {
        problems.add(
            property.name(),
            property.access() == Property.Access.IMMUTABLE
                ? "cannot be changed"
                : "is set by the server");
      }
      return;
    }
    Optional<String> problem = changed.flatMap(property.type()::problem);
    if (problem.isPresent()) {
      problems.add(property.name(), problem.get());
      return;
    }
    if (changed.isEmpty() && !property.optional()) {
      problems.add(property.name(), "is required");
      return;
    }
    before.set(property.name(), old.isMissingNode() ? NullNode.getInstance() : old);
    changed.ifPresent(value -> after.set(property.name(), value));
    resolved.putAll(patch);
  }

  /** The new value of a property as a whole; empty when it is removed. */
  private Optional<JsonNode> replace(
      Property<T> property, PatchEntry entry, Map<String, JsonNode> applied) {
    JsonNode value = property.type().mapIds(entry.value(), creationIds);
    applied.put(entry.pointer(), value);
    if (!value.isNull()) {
      return Optional.of(value);
    }
    if (property.defaultValue().isPresent()) {
      return Optional.of(property.defaultValue().get().deepCopy());
    }
    return property.type().problem(value).isEmpty() ? Optional.of(value) : Optional.empty();
  }

  private JsonNode inside(
      Property<T> property, JsonNode old, List<PatchEntry> entries, Map<String, JsonNode> applied) {
    JsonNode changed = old.deepCopy();
    List<PatchStep> steps = new ArrayList<>();
    for (PatchEntry entry : entries) {
      steps.add(step(property, changed, entry, applied));
    }
    steps.forEach(PatchStep::apply);
    return changed;
  }

  /** Finds the parent of the value to patch, which must exist before any patch is applied. */
  private PatchStep step(
      Property<T> property, JsonNode value, PatchEntry entry, Map<String, JsonNode> applied) {
    JsonNode parent = value;
    JsonType parentType = property.type();
    List<String> keys = new ArrayList<>(List.of(property.name()));
    for (int i = 1; ; i++) {
      if (!parent.isObject()) {
        throw new InvalidPatchException(
            entry.pointer() + (parent.isArray() ? " is inside an array" : " has no parent"));
      }
      String key = resolveKey(parentType, entry.keys().get(i));
      keys.add(key);
      parentType = parentType.member(key);
      if (i == entry.keys().size() - 1) {
        JsonNode mapped = parentType.mapIds(entry.value(), creationIds);
        applied.put(pointer(keys), mapped);
        return new PatchStep(parent.asObject(), key, mapped);
      }
      JsonNode child = parent.get(key);
      if (child == null) {
        throw new InvalidPatchException(entry.pointer() + " has no parent");
      }
      parent = child;
    }
  }

  /** A key is an id where the type says so. */
  private String resolveKey(JsonType container, String key) {
    if (!key.startsWith("#")) {
      return key;
    }
    ObjectNode single = JsonNodeFactory.instance.objectNode().putNull(key);
    return container.mapIds(single, creationIds).propertyNames().iterator().next();
  }

  private static String pointer(List<String> keys) {
    return String.join("/", keys.stream().map(JsonPath::escape).toList());
  }

  /** One change of one object inside a property. */
  private record PatchStep(ObjectNode parent, String key, JsonNode value) {

    void apply() {
      if (value.isNull()) {
        parent.remove(key);
      } else {
        parent.set(key, value);
      }
    }
  }
}
