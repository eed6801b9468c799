package org.jmapproxy.server.lifecycle;

import java.util.Optional;
import java.util.function.Function;
import org.jmapproxy.backend.imap.discovery.MailServer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in the servers that the body of {@code POST /api/accounts} leaves out, as its domain's DNS
 * tells them.
 *
 * @param imap finds the IMAP server of a domain
 * @param submission finds the submission server of a domain
 */
public record ServerDiscovery(
    Function<String, Optional<MailServer>> imap,
    Function<String, Optional<MailServer>> submission) {

  /** The body, with {@code imapHost} and {@code smtpHost} where they could be found. */
  ObjectNode complete(ObjectNode body) {
    String email = body.path("email").asString("");
    String domain = email.substring(email.lastIndexOf('@') + 1);
    if (body.has("imapHost") || body.has("sessionUrl") || domain.isEmpty()) {
      return body;
    }
    ObjectNode complete = body.deepCopy();
    imap.apply(domain).ifPresent(server -> put(complete, "imap", server));
    if (complete.has("imapHost") && !body.has("smtpHost")) {
      submission.apply(domain).ifPresent(server -> put(complete, "smtp", server));
    }
    return complete;
  }

  private static void put(ObjectNode body, String service, MailServer server) {
    body.put(service + "Host", server.host());
    body.put(service + "Port", server.port());
    body.put(service + "SSL", server.security());
  }
}
