package org.jmapproxy.mail.email.compose;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.header.HeaderProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Composes a message from an Email that a client wants to create. Refuses, by {@link
 * RefusedDraftException}, what RFC 8621 section 4.6 says leaves in doubt which message is meant.
 * For one message.
 */
public final class MessageComposer {

  private static final List<String> BODY_LISTS = List.of("textBody", "htmlBody", "attachments");

  private final ObjectNode email;
  private final Map<String, HeaderProperty> headers;
  private final PartComposer parts;
  private final long maxAttachments;
  private final OffsetDateTime now;

  /**
   * Prepares a message.
   *
   * @param email the properties, all known and of the right type
   * @param headers the properties among them that stand for header fields, by name
   * @param blobs finds attachments
   * @param maxAttachments octets of all attachments together
   * @param now for the Date field, unless it is given
   */
  public MessageComposer(
      ObjectNode email,
      Map<String, HeaderProperty> headers,
      Function<Id, Optional<Blob>> blobs,
      long maxAttachments,
      OffsetDateTime now) {
    this.email = email;
    this.headers = new LinkedHashMap<>(headers);
    this.parts = new PartComposer(email.path("bodyValues"), blobs);
    this.maxAttachments = maxAttachments;
    this.now = now;
  }

  /**
   * The message.
   *
   * @throws RefusedDraftException when the Email cannot be created like this
   */
  public Blob compose() {
    Set<String> names = fieldNames();
    refuseUndecodedValues();
    ComposedPart root = given("bodyStructure") ? structure(names) : lists();
    refuseBlobs();
    StringBuilder header = new StringBuilder();
    if (!names.contains("message-id")) {
      header.append("Message-ID: <" + UUID.randomUUID() + "@" + domain() + ">\r\n");
    }
    if (!names.contains("date")) {
      header.append(FieldText.date("Date", now));
    }
    headers.forEach((name, property) -> header.append(FieldText.of(property, email.get(name))));
    if (!names.contains("mime-version")) {
      header.append("MIME-Version: 1.0\r\n");
    }
    List<Content> contents = new ArrayList<>();
    contents.add(Content.Octets.of(header + root.header() + "\r\n"));
    contents.addAll(root.body());
    return new ComposedMessage(contents);
  }

  /** The fields given, in lower case; those that are null or empty will be generated if need be. */
  private Set<String> fieldNames() {
    Set<String> names = new LinkedHashSet<>();
    Set<String> present = new LinkedHashSet<>();
    headers.forEach(
        (name, property) -> {
          String field = property.fieldName().toLowerCase(Locale.ROOT);
          if (!names.add(field)) {
            throw RefusedDraftException.property(name, "the header field is given twice");
          }
          if (field.startsWith("content-")) {
            throw RefusedDraftException.property(name, "belongs to a body part");
          }
          JsonNode value = email.get(name);
          if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
            present.add(field);
          }
        });
    return present;
  }

  private void refuseUndecodedValues() {
    for (JsonNode value : email.path("bodyValues")) {
      if (value.path("isEncodingProblem").asBoolean(false)
          || value.path("isTruncated").asBoolean(false)) {
        throw RefusedDraftException.property(
            "bodyValues", "isEncodingProblem and isTruncated must be false");
      }
    }
  }

  private ComposedPart structure(Set<String> names) {
    for (String list : BODY_LISTS) {
      if (given(list)) {
        throw RefusedDraftException.property(list, "does not go with bodyStructure");
      }
    }
    JsonNode root = email.get("bodyStructure");
    for (String field : new PartFields(root, "bodyStructure").names()) {
      if (names.contains(field)) {
        throw RefusedDraftException.property("bodyStructure", field + " is given twice");
      }
    }
    return parts.compose(root, "bodyStructure", PartDefaults.nested());
  }

  private ComposedPart lists() {
    Optional<ComposedPart> text = body("textBody", "text/plain");
    List<ComposedPart> embedded = new ArrayList<>();
    List<ComposedPart> attached = new ArrayList<>();
    for (JsonNode part : list("attachments")) {
      boolean inHtml =
          given("htmlBody")
              && PartComposer.given(part, "cid")
              && part.path("disposition").asString("").equalsIgnoreCase("inline");
      (inHtml ? embedded : attached)
          .add(parts.compose(part, "attachments", PartDefaults.attachment()));
    }
    Optional<ComposedPart> html =
        body("htmlBody", "text/html").map(part -> together("related", part, embedded));
    ComposedPart body =
        text.isPresent() && html.isPresent()
            ? together("alternative", text.get(), List.of(html.get()))
            : text.or(() -> html).orElseGet(MessageComposer::nothing);
    return together("mixed", body, attached);
  }

  private Optional<ComposedPart> body(String property, String type) {
    if (!given(property)) {
      return Optional.empty();
    }
    JsonNode list = email.get(property);
    boolean single =
        list.size() == 1
            && new PartFields(list.get(0), property).type().orElse(type).equalsIgnoreCase(type);
    if (!single) {
      throw RefusedDraftException.property(property, "must be a single part of type " + type);
    }
    return Optional.of(parts.compose(list.get(0), property, PartDefaults.body(type)));
  }

  private static ComposedPart together(String how, ComposedPart first, List<ComposedPart> others) {
    if (others.isEmpty()) {
      return first;
    }
    List<ComposedPart> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return ComposedPart.multipart("multipart/" + how, "", all);
  }

  private static ComposedPart nothing() {
    return new ComposedPart(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n",
        List.of());
  }

  private void refuseBlobs() {
    if (!parts.missingBlobs().isEmpty()) {
      ArrayNode ids = JsonNodeFactory.instance.arrayNode();
      parts.missingBlobs().forEach(ids::add);
      throw new RefusedDraftException(
          new SetError("blobNotFound", Optional.empty(), List.of(), Map.of("notFound", ids)));
    }
    if (parts.blobOctets() > maxAttachments) {
      throw new RefusedDraftException(
          SetError.tooLarge("maxSizeAttachmentsPerEmail is " + maxAttachments));
    }
  }

  /** The right-hand side of a Message-ID: where the author is at home, if that is known. */
  private String domain() {
    String author = email.path("from").path(0).path("email").asString("");
    String domain = author.substring(author.lastIndexOf('@') + 1);
    boolean usable = author.indexOf('@') > 0 && domain.matches("[A-Za-z0-9.-]{1,255}");
    return usable ? domain : "localhost";
  }

  private boolean given(String property) {
    JsonNode value = email.path(property);
    return !(value instanceof MissingNode) && !value.isNull();
  }

  private JsonNode list(String property) {
    return given(property) ? email.get(property) : JsonNodeFactory.instance.arrayNode();
  }
}
