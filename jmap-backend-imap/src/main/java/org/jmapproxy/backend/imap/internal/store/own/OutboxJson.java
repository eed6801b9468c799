package org.jmapproxy.backend.imap.internal.store.own;

import java.util.ArrayList;
import java.util.List;
import org.jmapproxy.backend.imap.internal.store.OutboxRecipient;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.submission.DeliveryStatus;
import org.jmapproxy.mail.submission.DeliveryStatus.Delivered;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lists in columns. */
final class OutboxJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private OutboxJson() {}

  static JsonNode parse(String text) {
    return JsonMapper.shared().readTree(text);
  }

  static String recipients(List<OutboxRecipient> recipients) {
    ArrayNode array = JSON.arrayNode();
    for (OutboxRecipient recipient : recipients) {
      array
          .addObject()
          .put("email", recipient.email())
          .put("reply", recipient.status().smtpReply())
          .put("delivered", recipient.status().delivered().name())
          .put("displayed", recipient.status().displayed())
          .put("inDialog", recipient.inDialog())
          .put("reported", recipient.isReported());
    }
    return array.toString();
  }

  static List<OutboxRecipient> recipients(String text) {
    List<OutboxRecipient> recipients = new ArrayList<>();
    for (JsonNode json : parse(text)) {
      recipients.add(
          new OutboxRecipient(
              json.path("email").asString(),
              new DeliveryStatus(
                  json.path("reply").asString(),
                  Delivered.valueOf(json.path("delivered").asString()),
                  json.path("displayed").asBoolean()),
              json.path("inDialog").asBoolean(),
              json.path("reported").asBoolean()));
    }
    return recipients;
  }

  static String ids(List<Id> ids) {
    ArrayNode array = JSON.arrayNode();
    ids.forEach(id -> array.add(id.value()));
    return array.toString();
  }

  static List<Id> ids(String text) {
    List<Id> ids = new ArrayList<>();
    parse(text).forEach(id -> ids.add(Id.of(id.stringValue())));
    return ids;
  }
}
