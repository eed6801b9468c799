package org.jmapproxy.core.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a request may take, and how large its response may be. Immutable.
 *
 * @param head the longest time until the head of the response is there, counted from the start and
 *     thus with connecting and sending the content
 * @param silence the longest wait for further octets of the response's content
 * @param whole the longest time until the content has ended, counted from the start; absent for
 *     responses that go on, such as event streams
 * @param octets the most octets of content, after chunks are put together
 */
public record ResponseBounds(
    Duration head, Duration silence, Optional<Duration> whole, long octets) {

  /** Half a minute for the head, as much silence, two minutes in all, and so many octets. */
  public static ResponseBounds ofOctets(long octets) {
    return new ResponseBounds(
        Duration.ofSeconds(30), Duration.ofSeconds(30), Optional.of(Duration.ofMinutes(2)), octets);
  }
}
