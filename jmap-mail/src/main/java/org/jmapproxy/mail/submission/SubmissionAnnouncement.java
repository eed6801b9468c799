package org.jmapproxy.mail.submission;

import java.util.Optional;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.identity.IdentityType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the session says about sending (RFC 8621 section 1.3.2). */
public final class SubmissionAnnouncement {

  private SubmissionAnnouncement() {}

  /** The account capability; empty when the account cannot send. */
  public static Optional<ObjectNode> ofAccount(Account account) {
    Roles roles = account.roles();
    boolean sends =
        !account.isReadOnly()
            && roles.has(EmailSubmissionType.TYPE.readRole())
            && roles.has(EmailSubmissionType.TYPE.writeRole())
            && roles.has(IdentityType.TYPE.readRole());
    return sends ? Optional.of(of(SubmissionTerms.of(roles))) : Optional.empty();
  }

  private static ObjectNode of(SubmissionTerms terms) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("maxDelayedSend", terms.maxDelayedSend().toSeconds());
    ObjectNode extensions = json.putObject("submissionExtensions");
    terms
        .offered()
        .forEach(
            (name, arguments) -> {
              ArrayNode values = extensions.putArray(name);
              arguments.forEach(values::add);
            });
    return json;
  }
}
