package org.jmapproxy.mail.email;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.type.Decoded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decodes EmailImport objects (RFC 8621 section 4.8).
 *
 * @param call what roles are told
 * @param blobs finds the messages
 * @param creationIds resolves creation ids
 */
record EmailImport(CallContext call, BlobRole blobs, UnaryOperator<String> creationIds) {

  private static final Map<String, JsonType> MEMBERS =
      Map.of(
          "blobId",
          JsonType.ID,
          "mailboxIds",
          JsonType.idSet(),
          "keywords",
          JsonType.stringSet(),
          "receivedAt",
          JsonType.UTC_DATE);

  private static final JsonType TYPE = JsonType.object(MEMBERS);

  Decoded<NewEmail> decode(ObjectNode sent) {
    JsonNode email = TYPE.mapIds(sent, creationIds);
    Optional<SetError> refusal = refusal(email);
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    Id blobId = Id.of(email.path("blobId").stringValue());
    return blobs
        .find(call, blobId)
        .map(message -> decode(email, message))
        .orElseGet(
            () ->
                new Decoded.Invalid<>(SetError.invalidProperty("blobId", "there is no such blob")));
  }

  private static Decoded<NewEmail> decode(JsonNode email, Blob message) {
    MessageCheck check = MessageCheck.of(message);
    if (!check.isMessage()) {
      return new Decoded.Invalid<>(
          SetError.of("invalidEmail", "the blob does not begin with a header field"));
    }
    Set<Id> mailboxIds = new LinkedHashSet<>();
    email.path("mailboxIds").propertyNames().forEach(id -> mailboxIds.add(Id.of(id)));
    Set<String> keywords = new LinkedHashSet<>();
    email.path("keywords").propertyNames().forEach(k -> keywords.add(Keywords.canonical(k)));
    Optional<Instant> receivedAt =
        email.has("receivedAt")
            ? Dates.parseInstant(email.path("receivedAt").stringValue())
            : check.received();
    return new Decoded.Valid<>(new NewEmail(message, mailboxIds, keywords, receivedAt));
  }

  private static Optional<SetError> refusal(JsonNode email) {
    for (Map.Entry<String, JsonNode> member : email.properties()) {
      JsonType type = MEMBERS.get(member.getKey());
      Optional<String> problem =
          type == null ? Optional.of("is not known") : type.problem(member.getValue());
      if (problem.isPresent()) {
        return Optional.of(SetError.invalidProperty(member.getKey(), problem.get()));
      }
    }
    for (String required : List.of("blobId", "mailboxIds")) {
      if (!email.has(required)) {
        return Optional.of(SetError.invalidProperty(required, "is required"));
      }
    }
    return EmailUpdateDecoder.refuseMailboxes(email.get("mailboxIds"))
        .or(() -> EmailUpdateDecoder.refuseKeywords(email.path("keywords")));
  }
}
