package org.jmapproxy.core.session;

/**
 * Where the transport answers; URI templates as RFC 8620 section 2 wants them.
 *
 * @param apiUrl for requests
 * @param downloadUrl with {@code accountId}, {@code blobId}, {@code type} and {@code name}
 * @param uploadUrl with {@code accountId}
 * @param eventSourceUrl with {@code types}, {@code closeafter} and {@code ping}
 */
public record SessionUrls(
    String apiUrl, String downloadUrl, String uploadUrl, String eventSourceUrl) {

  /** The paths of the proxy below a base URL without trailing slash. */
  public static SessionUrls below(String baseUrl) {
    return new SessionUrls(
        baseUrl + "/jmap",
        baseUrl + "/raw/{accountId}/{blobId}/{name}?type={type}",
        baseUrl + "/upload/{accountId}",
        baseUrl + "/eventsource?types={types}&closeafter={closeafter}&ping={ping}");
  }
}
