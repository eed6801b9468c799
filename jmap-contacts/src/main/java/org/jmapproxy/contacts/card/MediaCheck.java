package org.jmapproxy.contacts.card;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonPath;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Media that name a blob: it exists, it is an image where one is wanted (RFC 9610 section 3.5). */
record MediaCheck(CallContext call, Roles roles) {

  private static final int MAGIC_OCTETS = 64;

  static Set<String> blobIds(JsonNode media) {
    Set<String> ids = new HashSet<>();
    media.forEach(
        entry -> {
          if (entry.path("blobId").isString()) {
            ids.add(entry.path("blobId").stringValue());
          }
        });
    return ids;
  }

  /**
   * Sets {@code mediaType} where the client left it to the blob.
   *
   * @param known blobs that the Card has already
   * @return what is wrong with the first medium at fault
   */
  Optional<SetError> complete(JsonNode media, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : media.properties()) {
      if (entry.getValue().path("blobId").isString()) {
        ObjectNode medium = entry.getValue().asObject();
        String id = medium.path("blobId").stringValue();
        Optional<String> problem = known.contains(id) ? Optional.empty() : problem(medium, id);
        if (problem.isPresent()) {
          String pointer = "media/" + JsonPath.escape(entry.getKey()) + "/blobId";
          return Optional.of(SetError.invalidProperty(pointer, problem.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> problem(ObjectNode medium, String id) {
    Optional<Blob> blob =
        Id.isValid(id)
            ? roles.find(BlobRole.ROLE).flatMap(blobs -> blobs.find(call, Id.of(id)))
            : Optional.empty();
    if (blob.isEmpty()) {
      return Optional.of("there is no blob " + id);
    }
    try {
      String type = medium.path("mediaType").asString(blob.get().type());
      boolean photo = medium.path("kind").asString("").equals("photo");
      if (photo && (!type.startsWith("image/") || !isImage(blob.get()))) {
        return Optional.of("must be an image");
      }
      medium.put("mediaType", type);
      return Optional.empty();
    } finally {
      blob.get().release();
    }
  }

  /** Whether the first octets are those of a well-known format. */
  private static boolean isImage(Blob blob) {
    try (InputStream stream = blob.open(0, Math.min(MAGIC_OCTETS, blob.size()))) {
      String start = new String(stream.readNBytes(MAGIC_OCTETS), StandardCharsets.ISO_8859_1);
      return start.startsWith("\u00ff\u00d8\u00ff")
          || start.startsWith("\u0089PNG\r\n")
          || start.startsWith("GIF8")
          || start.startsWith("BM")
          || start.startsWith("II*\0")
          || start.startsWith("MM\0*")
          || (start.startsWith("RIFF") && start.startsWith("WEBP", 8))
          || start.startsWith("ftyp", 4)
          || start.stripLeading().startsWith("<svg")
          || start.stripLeading().startsWith("<?xml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
