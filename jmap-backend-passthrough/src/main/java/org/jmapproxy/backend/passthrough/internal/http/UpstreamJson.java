package org.jmapproxy.backend.passthrough.internal.http;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON of upstreams: more generous than with clients about what does no harm, and as firm
 * about depth and number of values, which are what a small document can cost memory by.
 */
public final class UpstreamJson {

  private static final int DEEPEST = 256;
  private static final long MOST_TOKENS = 3_000_000;
  private static final int LONGEST_STRING = Integer.MAX_VALUE;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST_TOKENS)
                          .maxStringLength(LONGEST_STRING)
                          .build())
                  .build())
          .build();

  private UpstreamJson() {}

  /** The object that a document consists of; nothing when it is something else. */
  public static Optional<ObjectNode> object(byte[] document) {
    try {
      return MAPPER.readTree(document) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The octets of a document. */
  public static byte[] write(ObjectNode document) {
    return MAPPER.writeValueAsBytes(document);
  }
}
