package org.jmapproxy.contacts.internal.convert;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Members of JSON objects, of which none need be there or be of the right type. */
final class Members {

  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Members() {}

  static Optional<String> string(ObjectNode object, String name) {
    JsonNode value = object.path(name);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  static Optional<ObjectNode> object(ObjectNode object, String name) {
    JsonNode value = object.path(name);
    return value.isObject() ? Optional.of(value.asObject()) : Optional.empty();
  }

  /** The object at a path of names; empty when one of them is missing or no object. */
  static Optional<ObjectNode> at(ObjectNode object, String path) {
    Optional<ObjectNode> found = Optional.of(object);
    for (String name : path.split("/", -1)) {
      found = found.flatMap(parent -> object(parent, unescape(name)));
    }
    return found;
  }

  /** The object at a path of names; those that are missing are made. */
  static ObjectNode make(ObjectNode object, String path) {
    ObjectNode found = object;
    for (String name : path.split("/", -1)) {
      Optional<ObjectNode> child = object(found, unescape(name));
      found = child.isPresent() ? child.get() : found.putObject(unescape(name));
    }
    return found;
  }

  /** A positive number that is small enough for a preference or a position. */
  static Optional<Integer> position(ObjectNode object, String name) {
    JsonNode value = object.path(name);
    return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0
        ? Optional.of(value.intValue())
        : Optional.empty();
  }

  /** Whether a set has a member. */
  static boolean has(ObjectNode object, String set, String key) {
    JsonNode value = object.path(set).path(key);
    return value.isBoolean() && value.booleanValue();
  }

  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  static String unescape(String name) {
    return name.indexOf('~') < 0 ? name : name.replace("~1", "/").replace("~0", "~");
  }
}
