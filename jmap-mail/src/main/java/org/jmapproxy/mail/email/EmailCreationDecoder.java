package org.jmapproxy.mail.email;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.mail.capability.MailLimits;
import org.jmapproxy.mail.email.compose.MessageComposer;
import org.jmapproxy.mail.email.compose.RefusedDraftException;
import org.jmapproxy.mail.header.HeaderProperty;
import tools.jackson.databind.node.ObjectNode;

/** Decodes creations of Emails: makes a message of them (RFC 8621 section 4.6). */
final class EmailCreationDecoder {

  private EmailCreationDecoder() {}

  static Decoded<NewEmail> decode(ObjectCreation creation) {
    ObjectNode email = creation.properties();
    Optional<SetError> refusal =
        EmailUpdateDecoder.refuseMailboxes(email.get("mailboxIds"))
            .or(() -> EmailUpdateDecoder.refuseKeywords(email.path("keywords")));
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    try {
      return new Decoded.Valid<>(decode(creation, email));
    } catch (RefusedDraftException e) {
      return new Decoded.Invalid<>(e.error());
    }
  }

  private static NewEmail decode(ObjectCreation creation, ObjectNode email) {
    Blob message =
        new MessageComposer(
                email,
                headers(email),
                blobs(creation),
                MailLimits.of(creation.roles()).maxSizeAttachmentsPerEmail(),
                OffsetDateTime.now(ZoneOffset.UTC))
            .compose();
    Set<Id> mailboxIds = new LinkedHashSet<>();
    email.path("mailboxIds").propertyNames().forEach(id -> mailboxIds.add(Id.of(id)));
    Set<String> keywords = new LinkedHashSet<>();
    email.path("keywords").propertyNames().forEach(k -> keywords.add(Keywords.canonical(k)));
    return new NewEmail(
        message, mailboxIds, keywords, Dates.parseInstant(email.path("receivedAt").asString("")));
  }

  private static Function<Id, Optional<Blob>> blobs(ObjectCreation creation) {
    Optional<BlobRole> role = creation.roles().find(BlobRole.ROLE);
    return id -> role.flatMap(blobs -> blobs.find(creation.call(), id));
  }

  private static Map<String, HeaderProperty> headers(ObjectNode email) {
    Map<String, HeaderProperty> headers = new LinkedHashMap<>();
    for (String name : email.propertyNames()) {
      Optional.ofNullable(HeaderProperties.CONVENIENT.get(name))
          .or(() -> HeaderProperty.parse(name))
          .map(h -> new HeaderProperty(name, h.fieldName(), h.form(), h.all()))
          .ifPresent(header -> headers.put(name, header));
    }
    return headers;
  }
}
