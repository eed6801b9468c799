package org.jmapproxy.core.error;

import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request refused as a whole (RFC 8620 section 3.6.1), rendered as an RFC 7807 problem.
 *
 * @param type the problem's type URI
 * @param status the HTTP status to answer with
 * @param detail one sentence for the developer of the client
 * @param limit the name of the exceeded limit, for {@link #LIMIT} only
 */
public record RequestError(String type, int status, String detail, Optional<String> limit) {

  private static final String PREFIX = "urn:ietf:params:jmap:error:";

  /** The client named a capability that the server does not know. */
  public static final String UNKNOWN_CAPABILITY = PREFIX + "unknownCapability";

  /** The body is not I-JSON, or its content type is not {@code application/json}. */
  public static final String NOT_JSON = PREFIX + "notJSON";

  /** The body is JSON but not a Request object. */
  public static final String NOT_REQUEST = PREFIX + "notRequest";

  /** An announced limit was exceeded. */
  public static final String LIMIT = PREFIX + "limit";

  /** {@link #UNKNOWN_CAPABILITY} for the named capability. */
  public static RequestError unknownCapability(String urn) {
    return new RequestError(
        UNKNOWN_CAPABILITY, 400, "unknown capability: " + abbreviate(urn), Optional.empty());
  }

  /** {@link #NOT_JSON} with the reason. */
  public static RequestError notJson(String detail) {
    return new RequestError(NOT_JSON, 400, detail, Optional.empty());
  }

  /** {@link #NOT_REQUEST} with the reason. */
  public static RequestError notRequest(String detail) {
    return new RequestError(NOT_REQUEST, 400, detail, Optional.empty());
  }

  /**
   * {@link #LIMIT} for a limit by its name in the core capability.
   *
   * @param limit for example {@code maxSizeRequest}
   */
  public static RequestError limit(String limit) {
    return new RequestError(LIMIT, 400, "the limit " + limit + " is exceeded", Optional.of(limit));
  }

  /** A problem that RFC 7807 knows without a type of its own, for example 404. */
  public static RequestError plain(int status, String detail) {
    return new RequestError("about:blank", status, detail, Optional.empty());
  }

  /** The problem document, to be sent as {@code application/problem+json}. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type).put("status", status).put("detail", detail);
    limit.ifPresent(name -> json.put("limit", name));
    return json;
  }

  private static String abbreviate(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }
}
