package org.jmapproxy.core.internal.standard;

import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of the objects of a /set, collected as its response shows it. */
final class SetOutcome {

  private final ObjectNode created = JsonNodeFactory.instance.objectNode();
  private final ObjectNode updated = JsonNodeFactory.instance.objectNode();
  private final ArrayNode destroyed = JsonNodeFactory.instance.arrayNode();
  private final ObjectNode notCreated = JsonNodeFactory.instance.objectNode();
  private final ObjectNode notUpdated = JsonNodeFactory.instance.objectNode();
  private final ObjectNode notDestroyed = JsonNodeFactory.instance.objectNode();
  private boolean certain = true;

  void created(String creationId, ObjectNode shown) {
    created.set(creationId, shown);
  }

  void notCreated(String creationId, SetError error) {
    notCreated.set(creationId, error.toJson());
  }

  void updated(Id id, @Nullable ObjectNode changedByServer) {
    updated.set(id.value(), changedByServer == null ? NullNode.getInstance() : changedByServer);
  }

  void notUpdated(String id, SetError error) {
    notUpdated.set(id, error.toJson());
  }

  /** Properties that changed beside those asked for, in whatever is told of the object already. */
  void touched(Id id, ObjectNode changed) {
    for (JsonNode shown : created) {
      if (shown.path("id").asString("").equals(id.value())) {
        shown.asObject().setAll(changed);
        return;
      }
    }
    if (updated.get(id.value()) instanceof ObjectNode shown) {
      shown.setAll(changed);
    } else {
      updated.set(id.value(), changed);
    }
  }

  void destroyed(Id id) {
    destroyed.add(id.value());
  }

  void notDestroyed(String id, SetError error) {
    notDestroyed.set(id, error.toJson());
  }

  /** A backend broke off: it may have done more than it told. */
  void uncertain() {
    certain = false;
  }

  /** Whether all that was changed is told. */
  boolean isCertain() {
    return certain;
  }

  /** Whether all that was asked for was done. */
  boolean isSuccess() {
    return certain && notCreated.isEmpty() && notUpdated.isEmpty() && notDestroyed.isEmpty();
  }

  /** Whether anything was changed, as far as it is known. */
  boolean hasChanges() {
    return !created.isEmpty() || !updated.isEmpty() || !destroyed.isEmpty();
  }

  void putInto(ObjectNode response) {
    response.set("created", orNull(created));
    response.set("updated", orNull(updated));
    response.set("destroyed", orNull(destroyed));
    response.set("notCreated", orNull(notCreated));
    response.set("notUpdated", orNull(notUpdated));
    response.set("notDestroyed", orNull(notDestroyed));
  }

  private static JsonNode orNull(JsonNode node) {
    return node.isEmpty() ? NullNode.getInstance() : node;
  }
}
