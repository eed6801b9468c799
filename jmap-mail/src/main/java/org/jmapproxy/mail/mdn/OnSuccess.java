package org.jmapproxy.mail.mdn;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be changed of Emails when their notifications are sent (RFC 9007 section 2.1).
 *
 * @param patches by {@code #} and creation id
 */
record OnSuccess(Map<String, ObjectNode> patches) {

  /** That a notification was sent, as clients must note. */
  static final String MDN_SENT = "$mdnsent";

  private static final String ARGUMENT = "onSuccessUpdateEmail";

  /** Refuses the call unless every Email will be marked, and nothing else is changed. */
  void check(Set<String> creationIds) {
    for (String reference : patches.keySet()) {
      if (!reference.startsWith("#") || !creationIds.contains(reference.substring(1))) {
        throw refusal(reference + " is no reference to an MDN of this call");
      }
    }
    for (String creationId : creationIds) {
      if (patch(creationId).filter(OnSuccess::marks).isEmpty()) {
        throw refusal("#" + creationId + " does not set the keyword " + MDN_SENT);
      }
    }
  }

  private static boolean marks(ObjectNode patch) {
    JsonNode whole = patch.path("keywords").path(MDN_SENT);
    JsonNode single = patch.path("keywords/" + MDN_SENT);
    JsonNode value = patch.has("keywords") ? whole : single;
    return value.isBoolean() && value.booleanValue();
  }

  private static MethodException refusal(String problem) {
    return new MethodException(MethodError.invalidArgument(ARGUMENT, problem));
  }

  /** What is to be changed of the Email that an MDN is for. */
  Optional<ObjectNode> patch(String creationId) {
    return Optional.ofNullable(patches.get("#" + creationId)).map(ObjectNode::deepCopy);
  }
}
