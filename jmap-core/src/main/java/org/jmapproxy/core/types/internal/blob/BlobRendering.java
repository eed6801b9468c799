package org.jmapproxy.core.types.internal.blob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The objects of one Blob/get response, which together hold a bounded number of octets. */
final class BlobRendering {

  private final BlobProperties properties;
  private final long budget;
  private long spent;

  /**
   * For one response.
   *
   * @param budget how many octets of data it may hold
   */
  BlobRendering(BlobProperties properties, long budget) {
    this.properties = properties;
    this.budget = budget;
  }

  ObjectNode render(String id, Blob blob, long offset, OptionalLong length) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id);
    long size = blob.size();
    if (properties.wantContent()) {
      addContent(json, blob, BlobRange.of(offset, length, size));
    }
    if (properties.wantSize()) {
      json.put("size", size);
    }
    return json;
  }

  private void addContent(ObjectNode json, Blob blob, BlobRange range) {
    if (range.isTruncated()) {
      json.put("isTruncated", true);
    }
    if (properties.wantData()) {
      spend(range.length());
    }
    Map<String, MessageDigest> digests = new LinkedHashMap<>();
    properties.digests().forEach(name -> digests.put(name, Digest.of(name)));
    byte[] data = read(blob, range, digests);
    if (properties.wantData()) {
      addData(json, data);
    }
    digests.forEach((name, digest) -> json.put(name, base64(digest.digest())));
  }

  private void addData(ObjectNode json, byte[] data) {
    Optional<String> text = properties.wantText() ? utf8(data) : Optional.empty();
    boolean isEncodingProblem = properties.wantText() && text.isEmpty();
    if (isEncodingProblem) {
      json.put("isEncodingProblem", true);
    }
    boolean asked = properties.names().contains(BlobProperties.AS_TEXT);
    text.ifPresentOrElse(
        value -> json.put(BlobProperties.AS_TEXT, value),
        () -> {
          if (asked) {
            json.putNull(BlobProperties.AS_TEXT);
          }
        });
    if (properties.names().contains(BlobProperties.AS_BASE64)
        || (isEncodingProblem && properties.names().contains(BlobProperties.DATA))) {
      json.put(BlobProperties.AS_BASE64, base64(data));
    }
  }

  private void spend(long octets) {
    spent += octets;
    if (spent > budget) {
      throw new MethodException(
          MethodError.requestTooLarge(
              "one response holds at most " + budget + " octets of data; ask for ranges"));
    }
  }

  /** Reads the range once, into the digests and, when it is to be shown, into memory. */
  private byte[] read(Blob blob, BlobRange range, Map<String, MessageDigest> digests) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = blob.open(range.offset(), range.length())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (MessageDigest digest : digests.values()) {
          digest.update(buffer, 0, read);
        }
        if (properties.wantData()) {
          shown.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a blob could not be read", e);
    }
    return shown.toByteArray();
  }

  private static Optional<String> utf8(byte[] data) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
