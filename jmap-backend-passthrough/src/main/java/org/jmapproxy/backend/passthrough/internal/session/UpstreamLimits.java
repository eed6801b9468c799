package org.jmapproxy.backend.passthrough.internal.session;

import java.util.List;
import org.jmapproxy.core.session.Limits;
import tools.jackson.databind.JsonNode;

/**
 * The core capability of an upstream (RFC 8620 section 2). What it leaves out, or says in a way
 * that makes no sense, is taken to be as small as section 2 suggests at least.
 *
 * @param maxSizeUpload octets per upload
 * @param maxConcurrentUpload uploads at a time
 * @param maxSizeRequest octets per request
 * @param maxConcurrentRequests requests at a time
 * @param maxCallsInRequest calls per request
 * @param maxObjectsInGet objects per /get
 * @param maxObjectsInSet objects per /set
 * @param collationAlgorithms names of collations
 */
public record UpstreamLimits(
    long maxSizeUpload,
    int maxConcurrentUpload,
    long maxSizeRequest,
    int maxConcurrentRequests,
    int maxCallsInRequest,
    int maxObjectsInGet,
    int maxObjectsInSet,
    List<String> collationAlgorithms) {

  private static final int MOST = 1_000_000_000;

  static UpstreamLimits of(JsonNode core) {
    List<String> collations =
        core.path("collationAlgorithms")
            .valueStream()
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .limit(100)
            .toList();
    return new UpstreamLimits(
        number(core, "maxSizeUpload", 50_000_000, Long.MAX_VALUE),
        (int) number(core, "maxConcurrentUpload", 4, 1000),
        number(core, "maxSizeRequest", 10_000_000, Long.MAX_VALUE),
        (int) number(core, "maxConcurrentRequests", 4, 1000),
        (int) number(core, "maxCallsInRequest", 16, MOST),
        (int) number(core, "maxObjectsInGet", 500, MOST),
        (int) number(core, "maxObjectsInSet", 500, MOST),
        collations);
  }

  /**
   * A server's own limits, made smaller where this upstream takes less and cannot be asked twice.
   */
  public Limits within(Limits own) {
    return new Limits(
        Math.min(own.maxSizeUpload(), maxSizeUpload),
        own.maxConcurrentUpload(),
        own.maxSizeRequest(),
        own.maxConcurrentRequests(),
        own.maxCallsInRequest(),
        Math.min(own.maxObjectsInGet(), maxObjectsInGet),
        Math.min(own.maxObjectsInSet(), maxObjectsInSet),
        own.requestPatience(),
        own.callTimeout());
  }

  private static long number(JsonNode core, String name, long standard, long most) {
    JsonNode value = core.path(name);
    boolean usable = value.isIntegralNumber() && value.canConvertToLong() && value.asLong() > 0;
    return Math.min(usable ? value.asLong() : standard, most);
  }
}
