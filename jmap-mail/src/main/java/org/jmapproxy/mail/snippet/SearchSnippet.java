package org.jmapproxy.mail.snippet;

import java.util.Optional;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of an Email matches a search (RFC 8621 section 5), as HTML.
 *
 * @param emailId the Email
 * @param subject its subject, if terms occur in it
 * @param preview a section of its body, if terms occur in it
 */
record SearchSnippet(Id emailId, Optional<String> subject, Optional<String> preview) {

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("emailId", emailId.value());
    json.set("subject", orNull(subject));
    json.set("preview", orNull(preview));
    return json;
  }

  private static JsonNode orNull(Optional<String> html) {
    return html.<JsonNode>map(JsonNodeFactory.instance::stringNode).orElse(NullNode.instance);
  }
}
