package org.jmapproxy.core.transport;

import org.jmapproxy.core.error.RequestError;

/**
 * What a transport sends back.
 *
 * @param status the HTTP status
 * @param contentType the media type of the body
 * @param body the body; owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
public record Answer(int status, String contentType, byte[] body) {

  /** JSON with a status. */
  public static Answer json(int status, byte[] body) {
    return new Answer(status, "application/json", body);
  }

  /** A refused request as problem details (RFC 7807). */
  public static Answer problem(RequestError error) {
    return new Answer(
        error.status(),
        "application/problem+json",
        error.toJson().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
