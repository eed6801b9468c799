package org.jmapproxy.core.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of a /set, /copy or /import that could not be changed (RFC 8620 section 5.3). Types
 * are open names: modules add theirs.
 *
 * @param type the error's name on the wire
 * @param description a sentence for the developer of the client
 * @param properties the properties at fault, empty when it is not about properties
 * @param members further members of the error object
 */
public record SetError(
    String type,
    Optional<String> description,
    List<String> properties,
    Map<String, JsonNode> members) {

  /** Copies the lists. */
  public SetError {
    properties = List.copyOf(properties);
    members = Map.copyOf(members);
  }

  /** An error of any type with a description. */
  public static SetError of(String type, String description) {
    return new SetError(type, Optional.of(description), List.of(), Map.of());
  }

  /** An error of any type without more to say. */
  public static SetError of(String type) {
    return new SetError(type, Optional.empty(), List.of(), Map.of());
  }

  /** The principal may not do this. */
  public static SetError forbidden(String description) {
    return of("forbidden", description);
  }

  /** The change would exceed a quota. */
  public static SetError overQuota(String description) {
    return of("overQuota", description);
  }

  /** The object would be larger than allowed. */
  public static SetError tooLarge(String description) {
    return of("tooLarge", description);
  }

  /** Too many objects of this type were changed recently. */
  public static SetError rateLimit(String description) {
    return of("rateLimit", description);
  }

  /** There is no object of this id. */
  public static SetError notFound() {
    return of("notFound");
  }

  /** A patch whose paths cannot be applied. */
  public static SetError invalidPatch(String description) {
    return of("invalidPatch", description);
  }

  /** An object to be updated is also to be destroyed. */
  public static SetError willDestroy() {
    return of("willDestroy");
  }

  /** Properties that are unknown, of the wrong type, immutable or contradictory. */
  public static SetError invalidProperties(String description, List<String> properties) {
    return new SetError("invalidProperties", Optional.of(description), properties, Map.of());
  }

  /** {@link #invalidProperties(String, List)} for a single property. */
  public static SetError invalidProperty(String property, String problem) {
    return invalidProperties(property + ": " + problem, List.of(property));
  }

  /** A singleton can be neither created nor destroyed. */
  public static SetError singleton() {
    return of("singleton");
  }

  /** The object exists already under the given id (RFC 8620 section 5.4). */
  public static SetError alreadyExists(String existingId) {
    return new SetError(
        "alreadyExists",
        Optional.empty(),
        List.of(),
        Map.of("existingId", JsonNodeFactory.instance.stringNode(existingId)));
  }

  /** The server that holds the object does not answer; nothing was changed. */
  public static SetError serverUnavailable(String description) {
    return of("serverUnavailable", description);
  }

  /** Something unexpected happened with this object; nothing was changed. */
  public static SetError serverFail(String description) {
    return of("serverFail", description);
  }

  /** The object on the wire. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type);
    description.ifPresent(text -> json.put("description", text));
    if (!properties.isEmpty()) {
      ArrayNode names = json.putArray("properties");
      properties.forEach(names::add);
    }
    members.forEach(json::set);
    return json;
  }
}
