package org.jmapproxy.core.internal.standard;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds one object to be created against the declaration of its type. */
final class CreationCheck<T> {

  private final DataType<T, ?, ?> type;
  private final UnaryOperator<String> creationIds;
  private final ObjectNode properties = JsonNodeFactory.instance.objectNode();
  private final PropertyProblems problems = new PropertyProblems();

  CreationCheck(DataType<T, ?, ?> type, UnaryOperator<String> creationIds) {
    this.type = type;
    this.creationIds = creationIds;
  }

  /** The error that names all properties at fault, if there are any. */
  Optional<SetError> check(ObjectNode object) {
    object.forEachEntry(this::take);
    for (Property<T> property : type.properties().values()) {
      if (!object.has(property.name())) {
        complete(property);
      }
    }
    return problems.error();
  }

  /** What was sent with creation ids resolved, and defaults; complete if there is no error. */
  ObjectNode properties() {
    return properties;
  }

  private void take(String name, JsonNode sent) {
    Optional<Property<T>> property = type.property(name);
    if (property.isEmpty()) {
      problems.add(name, "is not known");
    } else if (property.get().access() == Property.Access.SERVER_SET) {
      problems.add(name, "is set by the server");
    } else {
      JsonNode value = property.get().type().mapIds(sent, creationIds);
      property.get().type().problem(value).ifPresent(problem -> problems.add(name, problem));
      properties.set(name, value);
    }
  }

  private void complete(Property<T> property) {
    if (property.defaultValue().isPresent()) {
      properties.set(property.name(), property.defaultValue().get().deepCopy());
    } else if (!property.optional() && property.access() != Property.Access.SERVER_SET) {
      problems.add(property.name(), "is required");
    }
  }
}
