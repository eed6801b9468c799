package org.jmapproxy.core.session;

import java.time.Duration;

/**
 * The limits of the core capability (RFC 8620 section 2): what is announced here is what is
 * enforced.
 *
 * @param maxSizeUpload octets per upload
 * @param maxConcurrentUpload uploads at a time per principal
 * @param maxSizeRequest octets per request
 * @param maxConcurrentRequests requests at a time per principal
 * @param maxCallsInRequest method calls per request
 * @param maxObjectsInGet objects per /get
 * @param maxObjectsInSet objects per /set
 * @param requestPatience how long a request waits for its turn before it is refused; not announced
 * @param callTimeout how long one method call may take; not announced
 */
public record Limits(
    long maxSizeUpload,
    int maxConcurrentUpload,
    int maxSizeRequest,
    int maxConcurrentRequests,
    int maxCallsInRequest,
    int maxObjectsInGet,
    int maxObjectsInSet,
    Duration requestPatience,
    Duration callTimeout) {

  /** Checks that every limit lets something through. */
  public Limits {
    if (maxSizeUpload < 1
        || maxConcurrentUpload < 1
        || maxSizeRequest < 1
        || maxConcurrentRequests < 1
        || maxCallsInRequest < 1
        || maxObjectsInGet < 1
        || maxObjectsInSet < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /** Limits that suit a server for people's mail. */
  public static Limits standard() {
    return new Limits(
        50_000_000,
        4,
        10_000_000,
        64,
        64,
        4096,
        4096,
        Duration.ofSeconds(2),
        Duration.ofSeconds(60));
  }
}
