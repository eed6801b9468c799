package org.jmapproxy.mail.submission;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.type.FollowUp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one Email/set that {@code onSuccessUpdateEmail} and {@code onSuccessDestroyEmail} ask for
 * (RFC 8621 section 7.5).
 *
 * @param existing the Emails, by id, of submissions named that exist before the call
 */
record SubmissionFollowUp(Map<String, String> existing) implements FollowUp {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Override
  public FollowUp knowing(MethodContext context, ObjectNode arguments) {
    Set<Id> named = new LinkedHashSet<>();
    for (String reference : references(arguments)) {
      String id = context.creationIds().apply(reference);
      if (Id.isValid(id)) {
        named.add(Id.of(id));
      }
    }
    if (named.isEmpty()) {
      return this;
    }
    Id accountId = Id.of(arguments.path("accountId").asString());
    Map<String, String> emails = new HashMap<>();
    context
        .role(accountId, EmailSubmissionType.TYPE.readRole())
        .read(context.callContext(accountId), ReadRequest.of(List.copyOf(named), Set.of("emailId")))
        .forEach(one -> emails.put(one.id().value(), one.emailId().value()));
    return new SubmissionFollowUp(emails);
  }

  @Override
  public List<Invocation> after(
      ObjectNode arguments, ObjectNode response, Map<String, String> createdIds) {
    Success success = new Success(arguments, response, createdIds, existing);
    ObjectNode update = JSON.objectNode();
    for (Map.Entry<String, JsonNode> patch : updates(arguments).properties()) {
      String emailId = success.emailId(patch.getKey());
      if (!emailId.isEmpty() && patch.getValue() instanceof ObjectNode changes) {
        update.withObject("/" + emailId).setAll(changes.deepCopy());
      }
    }
    ArrayNode destroy = JSON.arrayNode();
    Set<String> doomed = new LinkedHashSet<>();
    destructions(arguments).forEach(id -> doomed.add(success.emailId(id.asString(""))));
    doomed.stream().filter(emailId -> !emailId.isEmpty()).forEach(destroy::add);
    if (update.isEmpty() && destroy.isEmpty()) {
      return List.of();
    }
    ObjectNode call = JSON.objectNode().put("accountId", arguments.path("accountId").asString());
    if (!update.isEmpty()) {
      call.set("update", update);
    }
    if (!destroy.isEmpty()) {
      call.set("destroy", destroy);
    }
    return List.of(new Invocation("Email/set", call, ""));
  }

  private static Set<String> references(ObjectNode arguments) {
    Set<String> references = new LinkedHashSet<>(updates(arguments).propertyNames());
    destructions(arguments).forEach(id -> references.add(id.asString("")));
    return references;
  }

  private static JsonNode updates(ObjectNode arguments) {
    return arguments.path(EmailSubmissionType.ON_SUCCESS_UPDATE_EMAIL.name());
  }

  private static JsonNode destructions(ObjectNode arguments) {
    return arguments.path(EmailSubmissionType.ON_SUCCESS_DESTROY_EMAIL.name());
  }

  /** Finds the Email of a submission that the call has created, updated or destroyed. */
  private record Success(
      ObjectNode arguments,
      ObjectNode response,
      Map<String, String> createdIds,
      Map<String, String> existing) {

    /** Empty when the submission is none of these. */
    String emailId(String reference) {
      String creationId = reference.startsWith("#") ? reference.substring(1) : "";
      if (response.path("created").has(creationId)) {
        String emailId = arguments.path("create").path(creationId).path("emailId").asString("");
        return emailId.startsWith("#")
            ? createdIds.getOrDefault(emailId.substring(1), "")
            : emailId;
      }
      String id = creationId.isEmpty() ? reference : createdIds.getOrDefault(creationId, reference);
      return wasChanged(id) ? existing.getOrDefault(id, "") : "";
    }

    private boolean wasChanged(String id) {
      if (response.path("updated").has(id)) {
        return true;
      }
      for (JsonNode destroyed : response.path("destroyed")) {
        if (destroyed.asString("").equals(id)) {
          return true;
        }
      }
      return false;
    }
  }
}
