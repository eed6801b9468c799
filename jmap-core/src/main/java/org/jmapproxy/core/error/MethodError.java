package org.jmapproxy.core.error;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A method call that failed (RFC 8620 section 3.6.2). Types are open names: modules add theirs.
 *
 * @param type the error's name on the wire
 * @param description a sentence for the developer of the client
 * @param members further members of the error object
 */
public record MethodError(
    String type, Optional<String> description, Map<String, JsonNode> members) {

  /** Copies the members. */
  public MethodError {
    members = Map.copyOf(members);
  }

  /** An error of any type with a description. */
  public static MethodError of(String type, String description) {
    return new MethodError(type, Optional.of(description), Map.of());
  }

  /** An error of any type without more to say. */
  public static MethodError of(String type) {
    return new MethodError(type, Optional.empty(), Map.of());
  }

  /** The server cannot do this now; trying again later may succeed. */
  public static MethodError serverUnavailable(String description) {
    return of("serverUnavailable", description);
  }

  /** Something unexpected happened; nothing was changed. */
  public static MethodError serverFail(String description) {
    return of("serverFail", description);
  }

  /** Some changes were made but the result is not known in full: the client must resynchronise. */
  public static MethodError serverPartialFail(String description) {
    return of("serverPartialFail", description);
  }

  /** The method is not known, or its capability is not in {@code using}. */
  public static MethodError unknownMethod() {
    return of("unknownMethod");
  }

  /** An argument is missing, of the wrong type or not known. */
  public static MethodError invalidArguments(String description) {
    return of("invalidArguments", description);
  }

  /** Like {@link #invalidArguments(String)}, naming the argument at fault. */
  public static MethodError invalidArgument(String argument, String problem) {
    return new MethodError(
        "invalidArguments",
        Optional.of(argument + ": " + problem),
        Map.of("arguments", JsonNodeFactory.instance.arrayNode().add(argument)));
  }

  /** A result reference could not be resolved (RFC 8620 section 3.7). */
  public static MethodError invalidResultReference(String description) {
    return of("invalidResultReference", description);
  }

  /** The call is understood but not permitted. */
  public static MethodError forbidden(String description) {
    return of("forbidden", description);
  }

  /** The account does not exist for this principal. */
  public static MethodError accountNotFound() {
    return of("accountNotFound");
  }

  /** The source account of a copy does not exist for this principal. */
  public static MethodError fromAccountNotFound() {
    return of("fromAccountNotFound");
  }

  /** The account exists, but has no data of this type. */
  public static MethodError accountNotSupportedByMethod() {
    return of("accountNotSupportedByMethod");
  }

  /** The source account of a copy has no data of this type. */
  public static MethodError fromAccountNotSupportedByMethod() {
    return of("fromAccountNotSupportedByMethod");
  }

  /** The account may not be changed. */
  public static MethodError accountReadOnly() {
    return of("accountReadOnly");
  }

  /** More objects than {@code maxObjectsInGet} or {@code maxObjectsInSet}. */
  public static MethodError requestTooLarge(String description) {
    return of("requestTooLarge", description);
  }

  /** The changes since a state can no longer be told. */
  public static MethodError cannotCalculateChanges() {
    return of("cannotCalculateChanges");
  }

  /** {@code ifInState} does not match. */
  public static MethodError stateMismatch() {
    return of("stateMismatch");
  }

  /** The anchor of a query is not in the result. */
  public static MethodError anchorNotFound() {
    return of("anchorNotFound");
  }

  /** A filter property is not supported here. */
  public static MethodError unsupportedFilter(String description) {
    return of("unsupportedFilter", description);
  }

  /** A sort property or collation is not supported here. */
  public static MethodError unsupportedSort(String description) {
    return of("unsupportedSort", description);
  }

  /** More query changes than {@code maxChanges}. */
  public static MethodError tooManyChanges() {
    return of("tooManyChanges");
  }

  /** The arguments of the {@code error} response. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("type", StringNode.valueOf(type));
    description.ifPresent(text -> json.put("description", text));
    members.forEach(json::set);
    return json;
  }
}
