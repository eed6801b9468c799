package org.jmapproxy.mail.email.compose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.JsonNode;

/** Composes EmailBodyPart objects of one Email; their members are known and of the right type. */
final class PartComposer {

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}");
  static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}");

  private final JsonNode bodyValues;
  private final Function<Id, Optional<Blob>> blobs;
  private final Set<String> missingBlobs = new LinkedHashSet<>();
  private long blobOctets;

  PartComposer(JsonNode bodyValues, Function<Id, Optional<Blob>> blobs) {
    this.bodyValues = bodyValues;
    this.blobs = blobs;
  }

  /** The blobs that do not exist, once all parts are composed. */
  Set<String> missingBlobs() {
    return missingBlobs;
  }

  /** Octets of all blobs, once all parts are composed. */
  long blobOctets() {
    return blobOctets;
  }

  /**
   * Composes a part and those in it.
   *
   * @param at the property that it stands in, for errors
   * @param defaults what holds where the part says nothing
   */
  ComposedPart compose(JsonNode part, String at, PartDefaults defaults) {
    PartFields fields = new PartFields(part, at);
    String type = fields.type().orElse(defaults.type());
    if (!type.isEmpty() && !MEDIA_TYPE.matcher(type).matches()) {
      throw RefusedDraftException.property(at, "type is no media type");
    }
    boolean isMultipart = type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    if (isMultipart != part.path("subParts").isArray()) {
      throw RefusedDraftException.property(at, "subParts belong to multipart, and only to it");
    }
    return isMultipart ? multipart(part, at, type, fields) : leaf(part, at, type, fields, defaults);
  }

  private ComposedPart multipart(JsonNode part, String at, String type, PartFields fields) {
    if (given(part, "partId") || given(part, "blobId") || part.get("subParts").isEmpty()) {
      throw RefusedDraftException.property(at, "a multipart has subParts and nothing else in it");
    }
    List<ComposedPart> children = new ArrayList<>();
    part.get("subParts").forEach(child -> children.add(compose(child, at, PartDefaults.nested())));
    String typeWithParameters = type + fields.typeParameters(Set.of("boundary"));
    return ComposedPart.multipart(
        typeWithParameters, fields.withoutType(Optional.empty()), children);
  }

  private ComposedPart leaf(
      JsonNode part, String at, String type, PartFields fields, PartDefaults defaults) {
    if (given(part, "partId") == given(part, "blobId")) {
      throw RefusedDraftException.property(at, "a part has either a partId or a blobId");
    }
    return given(part, "partId")
        ? ofValue(part, at, type.isEmpty() ? "text/plain" : type, fields, defaults)
        : ofBlob(part, at, type, fields, defaults);
  }

  private ComposedPart ofValue(
      JsonNode part, String at, String type, PartFields fields, PartDefaults defaults) {
    if (given(part, "charset") || given(part, "size")) {
      throw RefusedDraftException.property(at, "charset and size do not go with a partId");
    }
    JsonNode value = bodyValues.path(part.get("partId").stringValue()).path("value");
    if (!value.isString()) {
      throw RefusedDraftException.property(at, "the partId is not in bodyValues");
    }
    TextContent content = TextContent.of(value.stringValue());
    Optional<String> charset =
        type.toLowerCase(Locale.ROOT).startsWith("text/") ? Optional.of("utf-8") : Optional.empty();
    return part(
        fields.with(type, charset, defaults),
        content.transferEncoding(),
        Content.Octets.of(content.encoded()));
  }

  private ComposedPart ofBlob(
      JsonNode part, String at, String givenType, PartFields fields, PartDefaults defaults) {
    String blobId = part.get("blobId").stringValue();
    Optional<Blob> found = blobs.apply(Id.of(blobId));
    if (found.isEmpty()) {
      missingBlobs.add(blobId);
      return new ComposedPart("", List.of());
    }
    Blob blob = found.get();
    blobOctets += blob.size();
    Optional<String> charset = text(part, "charset");
    if (charset.isPresent() && !TOKEN.matcher(charset.get()).matches()) {
      throw RefusedDraftException.property(at, "charset is no charset name");
    }
    String type = givenType.isEmpty() ? ofBlob(blob) : givenType;
    String header = fields.with(type, charset, defaults);
    // A message is not to be encoded (RFC 2046 section 5.2.1).
    return type.toLowerCase(Locale.ROOT).startsWith("message/")
        ? part(header, "8bit", new Content.Verbatim(blob))
        : part(header, "base64", new Content.Encoded(blob));
  }

  private static String ofBlob(Blob blob) {
    String type = blob.type().split(";", 2)[0].strip();
    boolean usable = MEDIA_TYPE.matcher(type).matches() && !type.startsWith("multipart/");
    return usable ? type : "application/octet-stream";
  }

  private static ComposedPart part(String header, String transferEncoding, Content content) {
    String encoding = "Content-Transfer-Encoding: " + transferEncoding + "\r\n";
    return new ComposedPart(header + encoding, List.of(content));
  }

  static boolean given(JsonNode part, String member) {
    return !part.path(member).isMissingNode() && !part.path(member).isNull();
  }

  static Optional<String> text(JsonNode part, String member) {
    return given(part, member) ? Optional.of(part.get(member).stringValue()) : Optional.empty();
  }
}
