package org.jmapproxy.mail.submission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.error.SetError;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The SetErrors of RFC 8621 section 7.5 that have members of their own. */
public final class SubmissionErrors {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SubmissionErrors() {}

  /** Some recipients cannot be sent to. */
  public static SetError invalidRecipients(List<String> invalid, String description) {
    ArrayNode addresses = JSON.arrayNode();
    invalid.forEach(addresses::add);
    return error("invalidRecipients", description, Map.of("invalidRecipients", addresses));
  }

  /** There are more recipients than the server takes. */
  public static SetError tooManyRecipients(int most, String description) {
    return error("tooManyRecipients", description, Map.of("maxRecipients", JSON.numberNode(most)));
  }

  /** The message is larger than the server takes. */
  public static SetError tooLarge(long most, String description) {
    return error("tooLarge", description, Map.of("maxSize", JSON.numberNode(most)));
  }

  /** The message breaks a rule in these properties of the Email. */
  public static SetError invalidEmail(String description, String... properties) {
    return new SetError("invalidEmail", Optional.of(description), List.of(properties), Map.of());
  }

  private static SetError error(
      String type, String description, Map<String, tools.jackson.databind.JsonNode> members) {
    return new SetError(type, Optional.of(description), List.of(), members);
  }
}
