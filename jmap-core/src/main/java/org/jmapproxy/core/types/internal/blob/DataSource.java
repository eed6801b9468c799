package org.jmapproxy.core.types.internal.blob;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One piece of a blob to be made (RFC 9404 section 4.1, DataSourceObject). */
sealed interface DataSource {

  /** In octets. */
  long size();

  /** A new stream, to be closed by the caller. */
  InputStream open();

  /** Octets that stood in the request. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Literal(byte[] octets) implements DataSource {

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(octets);
    }
  }

  /** A range of another blob. */
  record Range(Blob blob, long offset, long size) implements DataSource {

    @Override
    public InputStream open() {
      return blob.open(offset, size);
    }
  }

  /**
   * Reads a DataSourceObject.
   *
   * @param blobs finds a blob, or throws
   * @throws IllegalArgumentException with the reason, when it is not exactly one valid source
   */
  static DataSource read(ObjectNode json, Function<String, Blob> blobs) {
    String text = "data:asText";
    String base64 = "data:asBase64";
    List<String> given =
        Stream.of(text, base64, "blobId").filter(name -> json.hasNonNull(name)).toList();
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "each source has exactly one of data:asText, data:asBase64 and blobId");
    }
    refuseUnknown(json);
    String kind = given.get(0);
    JsonNode value = json.path(kind);
    if (!value.isString()) {
      throw new IllegalArgumentException(kind + " must be a string");
    }
    if (kind.equals("blobId")) {
      return range(blobs.apply(value.stringValue()), json);
    }
    if (json.hasNonNull("offset") || json.hasNonNull("length")) {
      throw new IllegalArgumentException("offset and length go with blobId only");
    }
    return new Literal(
        kind.equals(text)
            ? value.stringValue().getBytes(StandardCharsets.UTF_8)
            : decoded(value.stringValue()));
  }

  private static byte[] decoded(String base64) {
    if (base64.length() % 4 != 0) {
      throw new IllegalArgumentException("data:asBase64 is not padded base64");
    }
    return Base64.getDecoder().decode(base64);
  }

  private static Range range(Blob blob, ObjectNode json) {
    long size = blob.size();
    long offset = unsigned(json, "offset").orElse(0);
    if (offset > size) {
      throw new IllegalArgumentException("offset is past the end of the blob");
    }
    long length = unsigned(json, "length").orElse(size - offset);
    if (length > size - offset) {
      throw new IllegalArgumentException("the range extends past the end of the blob");
    }
    return new Range(blob, offset, length);
  }

  private static OptionalLong unsigned(ObjectNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalLong.empty();
    }
    JsonType.UNSIGNED_INT
        .problem(value)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(name + " " + problem);
            });
    return OptionalLong.of(value.asLong());
  }

  private static void refuseUnknown(ObjectNode json) {
    Set<String> known = Set.of("data:asText", "data:asBase64", "blobId", "offset", "length");
    for (String name : json.propertyNames()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(name + " is not known");
      }
    }
  }
}
