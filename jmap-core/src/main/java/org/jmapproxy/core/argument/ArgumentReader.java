package org.jmapproxy.core.argument;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the arguments of a method call strictly: what is missing, of the wrong type or not known is
 * refused with {@code invalidArguments}, naming the argument. Read every argument that the method
 * has, then call {@link #end}. For one call and one thread.
 */
public final class ArgumentReader {

  private static final JsonType STRINGS = JsonType.listOf(JsonType.STRING);
  private static final JsonType OBJECTS = JsonType.idMapOf(JsonType.OBJECT);

  private final ObjectNode arguments;
  private final Set<String> known = new HashSet<>();

  private ArgumentReader(ObjectNode arguments) {
    this.arguments = arguments;
  }

  /** Starts reading; the tree is never changed. */
  public static ArgumentReader of(ObjectNode arguments) {
    return new ArgumentReader(arguments);
  }

  /**
   * The required {@code accountId}.
   *
   * @throws MethodException {@code accountNotFound} for a string that no account can have as its id
   */
  public Id accountId() {
    String value = requiredString("accountId");
    if (!Id.isValid(value)) {
      throw new MethodException(MethodError.accountNotFound());
    }
    return Id.of(value);
  }

  /** A value that must be given. */
  public JsonNode required(String name, JsonType type) {
    return omittable(name, type)
        .orElseThrow(() -> new MethodException(MethodError.invalidArgument(name, "is required")));
  }

  /** A value that may be left out, but is not null; {@code T (default: ...)} in the RFCs. */
  public Optional<JsonNode> omittable(String name, JsonType type) {
    known.add(name);
    JsonNode value = arguments.get(name);
    if (value == null) {
      return Optional.empty();
    }
    type.problem(value).ifPresent(problem -> refuse(name, problem));
    return Optional.of(value);
  }

  /** A value that may be left out or null, which is the same; {@code T|null} in the RFCs. */
  public Optional<JsonNode> nullable(String name, JsonType type) {
    return omittable(name, type.orNull()).filter(value -> !value.isNull());
  }

  /** A {@code String}. */
  public String requiredString(String name) {
    return required(name, JsonType.STRING).stringValue();
  }

  /** A {@code String|null}. */
  public Optional<String> string(String name) {
    return nullable(name, JsonType.STRING).map(JsonNode::stringValue);
  }

  /** An {@code Id|null}; not a creation id. */
  public Optional<Id> id(String name) {
    return nullable(name, JsonType.ID).map(value -> Id.of(value.stringValue()));
  }

  /** A {@code String[]|null}; also for {@code Id[]|null}, as an impossible id is just not found. */
  public Optional<List<String>> strings(String name) {
    return nullable(name, STRINGS).map(ArgumentReader::texts);
  }

  /** A {@code Boolean} with a default. */
  public boolean flag(String name, boolean defaultValue) {
    return omittable(name, JsonType.BOOLEAN).map(JsonNode::booleanValue).orElse(defaultValue);
  }

  /** An {@code Int} with a default. */
  public long integer(String name, long defaultValue) {
    return omittable(name, JsonType.INT).map(JsonNode::asLong).orElse(defaultValue);
  }

  /** An {@code UnsignedInt|null}. */
  public OptionalLong unsigned(String name) {
    Optional<JsonNode> value = nullable(name, JsonType.UNSIGNED_INT);
    return value.isPresent() ? OptionalLong.of(value.get().asLong()) : OptionalLong.empty();
  }

  /** An {@code Id[Object]|null} whose keys are creation ids; empty when left out or null. */
  public Map<String, ObjectNode> objectsByCreationId(String name) {
    return nullable(name, OBJECTS).map(ArgumentReader::objects).orElse(Map.of());
  }

  /**
   * An object of objects, or null; empty when left out or null. For keys that are ids, as an
   * impossible id is just not found.
   */
  public Map<String, ObjectNode> objects(String name) {
    return nullable(name, JsonType.mapOf(JsonType.OBJECT))
        .map(ArgumentReader::objects)
        .orElse(Map.of());
  }

  /** The extra arguments that a data type declares. */
  public Arguments extras(List<Argument<?>> declared) {
    Arguments values = Arguments.none();
    for (Argument<?> argument : declared) {
      values = extra(argument, values);
    }
    return values;
  }

  private <V> Arguments extra(Argument<V> argument, Arguments values) {
    Optional<JsonNode> given = omittable(argument.name(), argument.type());
    return given
        .filter(value -> !value.isNull())
        .map(value -> values.with(argument, argument.decoder().apply(value)))
        .orElse(values);
  }

  /** Refuses arguments that were not asked for. */
  public void end() {
    for (String name : arguments.propertyNames()) {
      if (!known.contains(name)) {
        refuse(name, "is not known");
      }
    }
  }

  private static void refuse(String name, String problem) {
    throw new MethodException(MethodError.invalidArgument(name, problem));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(item -> texts.add(item.stringValue()));
    return texts;
  }

  private static Map<String, ObjectNode> objects(JsonNode object) {
    Map<String, ObjectNode> objects = new LinkedHashMap<>();
    object.properties().forEach(entry -> objects.put(entry.getKey(), entry.getValue().asObject()));
    return objects;
  }
}
