package org.jmapproxy.core.transport;

import java.util.Optional;
import java.util.Set;

/**
 * What a client of the event source asks for (RFC 8620 section 7.3).
 *
 * @param types the types to hear of; empty: all
 * @param closeAfterState whether to end after the first state event
 * @param pingSeconds seconds between pings; 0: none. The bounds are applied by {@link #of}
 * @param lastEventId the id of the last event that the client saw
 */
public record EventStreamRequest(
    Set<String> types, boolean closeAfterState, int pingSeconds, Optional<String> lastEventId) {

  /** The shortest interval between pings, in seconds. */
  public static final int MIN_PING = 30;

  /** The interval when the client names none, in seconds. */
  public static final int DEFAULT_PING = 300;

  /** Copies the types. */
  public EventStreamRequest {
    types = Set.copyOf(types);
  }

  /**
   * Reads the values of the URL's parameters as they came.
   *
   * @throws org.jmapproxy.core.error.RequestException with status 400 for values that make no sense
   */
  public static EventStreamRequest of(
      Optional<String> types,
      Optional<String> closeAfter,
      Optional<String> ping,
      Optional<String> lastEventId) {
    return EventStreamParameters.parse(types, closeAfter, ping, lastEventId);
  }
}
