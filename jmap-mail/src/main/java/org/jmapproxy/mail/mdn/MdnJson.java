package org.jmapproxy.mail.mdn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** MDN objects in JSON (RFC 9007 section 2). */
final class MdnJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final JsonType TEXT = JsonType.STRING.orNull();

  /** The properties that clients may give, with their types. */
  static final Map<String, JsonType> GIVEN =
      Map.of(
          "forEmailId",
          JsonType.ID,
          "subject",
          TEXT,
          "textBody",
          TEXT,
          "includeOriginalMessage",
          JsonType.BOOLEAN,
          "reportingUA",
          TEXT,
          "disposition",
          disposition(),
          "finalRecipient",
          TEXT,
          "extensionFields",
          JsonType.mapOf(JsonType.STRING).orNull());

  /** The properties that only the server gives. */
  static final Set<String> SERVER_SET =
      Set.of("mdnGateway", "originalRecipient", "originalMessageId", "error");

  private MdnJson() {}

  private static JsonType disposition() {
    Map<String, JsonType> members = new LinkedHashMap<>();
    members.put("actionMode", JsonType.oneOf(Disposition.ACTION_MODES.toArray(String[]::new)));
    members.put("sendingMode", JsonType.oneOf(Disposition.SENDING_MODES.toArray(String[]::new)));
    members.put("type", JsonType.oneOf(Disposition.TYPES.toArray(String[]::new)));
    return JsonType.object(members);
  }

  /** All properties. */
  static ObjectNode write(Mdn mdn) {
    ObjectNode json = JSON.objectNode();
    json.set("forEmailId", text(mdn.forEmailId().map(Id::value)));
    json.set("subject", text(mdn.subject()));
    json.set("textBody", text(mdn.textBody()));
    json.put("includeOriginalMessage", mdn.includeOriginalMessage());
    json.set("reportingUA", text(mdn.reportingUA()));
    json.putObject("disposition")
        .put("actionMode", mdn.disposition().actionMode())
        .put("sendingMode", mdn.disposition().sendingMode())
        .put("type", mdn.disposition().type());
    json.set("mdnGateway", text(mdn.mdnGateway()));
    json.set("originalRecipient", text(mdn.originalRecipient()));
    json.set("finalRecipient", text(mdn.finalRecipient()));
    json.set("originalMessageId", text(mdn.originalMessageId()));
    ArrayNode error = JSON.arrayNode();
    mdn.error().forEach(error::add);
    json.set("error", error.isEmpty() ? NullNode.instance : error);
    ObjectNode extensions = JSON.objectNode();
    mdn.extensionFields().forEach(extensions::put);
    json.set("extensionFields", extensions.isEmpty() ? NullNode.instance : extensions);
    return json;
  }

  /** The properties that are not as the client gave them. */
  static ObjectNode beyond(ObjectNode given, Mdn mdn) {
    ObjectNode json = JSON.objectNode();
    write(mdn)
        .properties()
        .forEach(
            property -> {
              JsonNode sent = given.path(property.getKey());
              boolean isEmptyMap =
                  property.getValue().isNull() && sent.isObject() && sent.isEmpty();
              if (!sent.equals(property.getValue()) && !isEmptyMap) {
                json.set(property.getKey(), property.getValue());
              }
            });
    return json;
  }

  private static JsonNode text(Optional<String> value) {
    return value.<JsonNode>map(JSON::stringNode).orElse(NullNode.instance);
  }
}
