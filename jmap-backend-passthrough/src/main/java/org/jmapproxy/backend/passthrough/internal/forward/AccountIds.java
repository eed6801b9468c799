package org.jmapproxy.backend.passthrough.internal.forward;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts one account's id at the upstream in the place of ours, and the other way round: where the
 * protocol has an account id, and nowhere else. Other ids and texts may look the same and mean
 * something else. Immutable.
 *
 * @param ours the id that our clients know
 * @param theirs the id at the upstream
 */
public record AccountIds(String ours, String theirs) {

  private static final List<String> ARGUMENTS = List.of("accountId", "fromAccountId");

  /** The arguments of a call as the upstream understands them; the given ones stay as they are. */
  public ObjectNode toUpstream(String method, ObjectNode arguments) {
    ObjectNode translated = replaced(arguments, ours, theirs);
    AccountIdPlaces.inArguments(method)
        .forEach(place -> place.replace(translated, id -> id.equals(ours) ? theirs : id));
    return translated;
  }

  /**
   * The arguments of a response as our clients understand them.
   *
   * @return nothing when the response is about another account than the one that was asked for
   */
  public Optional<ObjectNode> fromUpstream(String method, ObjectNode arguments) {
    for (String name : ARGUMENTS) {
      JsonNode value = arguments.path(name);
      if (value.isString() && !value.stringValue().equals(theirs)) {
        return Optional.empty();
      }
    }
    ObjectNode translated = replaced(arguments, theirs, ours);
    AccountIdPlaces.inResponse(method)
        .forEach(place -> place.replace(translated, id -> id.equals(theirs) ? ours : id));
    return Optional.of(translated);
  }

  /** An account's capability as our clients understand it. */
  public ObjectNode capabilityFromUpstream(ObjectNode capability) {
    return capability.path("accountIdForPrincipal").asString("").equals(theirs)
        ? replacedIn(capability, "accountIdForPrincipal", ours)
        : capability;
  }

  private static ObjectNode replaced(ObjectNode arguments, String from, String to) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      JsonNode value = argument.getValue();
      boolean same =
          ARGUMENTS.contains(argument.getKey())
              && value.isString()
              && value.stringValue().equals(from);
      copy.set(argument.getKey(), same ? JsonNodeFactory.instance.stringNode(to) : value);
    }
    return copy;
  }

  private static ObjectNode replacedIn(ObjectNode object, String name, String id) {
    ObjectNode copy = object.deepCopy();
    return copy.put(name, id);
  }
}
