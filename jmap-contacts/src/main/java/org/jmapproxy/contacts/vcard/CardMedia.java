package org.jmapproxy.contacts.vcard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Media as blobs (RFC 9610 section 3), while a vCard has them as {@code data:} URIs. */
public final class CardMedia {

  private static final Pattern DATA = Pattern.compile("(?i)data:([^,]*?)(;base64)?,(.*)");

  private CardMedia() {}

  /** A copy of a Card in which media with a {@code data:} URI have a {@code blobId} instead. */
  public static ObjectNode toBlobs(ObjectNode card, MediaBlobs blobs) {
    ObjectNode copy = card.deepCopy();
    for (JsonNode media : copy.path("media")) {
      if (media.isObject()) {
        toBlob(media.asObject(), blobs);
      }
    }
    return copy;
  }

  private static void toBlob(ObjectNode media, MediaBlobs blobs) {
    Matcher data = DATA.matcher(media.path("uri").asString(""));
    if (!data.matches()) {
      return;
    }
    String declared = data.group(1).isEmpty() ? "text/plain" : data.group(1);
    String mediaType = media.path("mediaType").asString(declared);
    content(data.group(3), data.group(2) != null)
        .flatMap(octets -> blobs.idOf(mediaType, octets))
        .ifPresent(
            id -> {
              media.remove("uri");
              media.put("blobId", id).put("mediaType", mediaType);
            });
  }

  private static Optional<byte[]> content(String text, boolean base64) {
    try {
      return Optional.of(
          base64
              ? Base64.getMimeDecoder().decode(text)
              : java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8)
                  .getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A copy of a Card in which media with a {@code blobId} have a {@code data:} URI instead.
   *
   * @param original the Card as it is stored, with URIs: a media whose blob is still that of the
   *     original keeps its URI, and the {@code mediaType} that {@link #toBlobs} has added is taken
   *     away again
   */
  public static ObjectNode toUris(ObjectNode card, ObjectNode original, MediaBlobs blobs) {
    ObjectNode copy = card.deepCopy();
    ObjectNode shown = toBlobs(original, blobs);
    for (Map.Entry<String, JsonNode> entry : copy.path("media").properties()) {
      if (entry.getValue().isObject() && entry.getValue().has("blobId")) {
        toUri(
            entry.getValue().asObject(),
            shown.path("media").path(entry.getKey()),
            original.path("media").path(entry.getKey()),
            blobs);
      }
    }
    return copy;
  }

  /** The same for a Card that is not stored yet. */
  public static ObjectNode toUris(ObjectNode card, MediaBlobs blobs) {
    return toUris(card, JsonNodeFactory.instance.objectNode(), blobs);
  }

  private static void toUri(ObjectNode media, JsonNode shown, JsonNode stored, MediaBlobs blobs) {
    String blobId = media.path("blobId").asString("");
    String mediaType = media.path("mediaType").asString("");
    if (shown.path("blobId").asString("").equals(blobId)
        && shown.path("mediaType").asString("").equals(mediaType)) {
      media.remove(List.of("blobId", "mediaType"));
      media.set("uri", stored.path("uri"));
      if (stored.has("mediaType")) {
        media.set("mediaType", stored.path("mediaType"));
      }
      return;
    }
    blobs
        .find(blobId)
        .ifPresent(
            content -> {
              String type = mediaType.isEmpty() ? content.mediaType() : mediaType;
              media.remove(List.of("blobId", "mediaType"));
              media.put(
                  "uri",
                  "data:"
                      + type
                      + ";base64,"
                      + Base64.getEncoder().encodeToString(content.octets()));
            });
  }

  /** The ids of all blobs that a Card names. */
  public static List<String> blobIds(ObjectNode card) {
    List<String> ids = new ArrayList<>();
    for (JsonNode media : card.path("media")) {
      if (media.path("blobId").isString()) {
        ids.add(media.path("blobId").stringValue());
      }
    }
    return ids;
  }
}
