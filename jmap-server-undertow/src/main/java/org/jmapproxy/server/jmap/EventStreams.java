package org.jmapproxy.server.jmap;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.transport.EventStream;
import org.jmapproxy.server.lifecycle.OpenAccounts;

/** All open event streams: keeps their pings going and ends them when the server stops. */
public final class EventStreams {

  private static final int MOST_PER_PRINCIPAL = 100;
  private static final int PROBE_SECONDS = 300;
  private static final String COMMENT = ":\r\n\r\n";

  private final ScheduledExecutorService timer;
  private final Map<EventConnection, Principal> open = new ConcurrentHashMap<>();
  private final Map<Principal, Integer> places = new HashMap<>();

  /** {@code timer} runs the pings, which never block. */
  public EventStreams(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** How many streams are open. */
  public int count() {
    return open.size();
  }

  /**
   * Takes a place for one more stream.
   *
   * @return false if the principal has as many as it may
   */
  synchronized boolean enter(Principal principal) {
    int before = places.getOrDefault(principal, 0);
    if (before >= MOST_PER_PRINCIPAL) {
      return false;
    }
    places.put(principal, before + 1);
    return true;
  }

  /** Gives a place back that no stream has. */
  synchronized void leave(Principal principal) {
    places.computeIfPresent(principal, (same, before) -> before == 1 ? null : before - 1);
  }

  /** A stream that has a place. */
  void add(
      Principal principal, EventConnection connection, EventStream stream, OpenAccounts.Use use) {
    Future<?> pings = pings(connection, stream);
    open.put(connection, principal);
    connection.onGone(
        () -> {
          open.remove(connection);
          leave(principal);
          pings.cancel(false);
          stream.close();
          use.close();
        });
  }

  /** Ends the streams of one account's logins; their clients come back and see what has changed. */
  public void endOf(String accountId) {
    open.forEach(
        (connection, principal) -> {
          if (principal.name().equals(accountId)) {
            connection.end();
          }
        });
  }

  /** Ends all streams after what was sent. */
  public void endAll() {
    open.keySet().forEach(EventConnection::end);
  }

  /**
   * A stream without pings gets comments, which no client sees: a dead peer shows when written to.
   */
  private Future<?> pings(EventConnection connection, EventStream stream) {
    int interval = stream.pingSeconds();
    return interval > 0
        ? timer.scheduleAtFixedRate(stream::ping, interval, interval, TimeUnit.SECONDS)
        : timer.scheduleAtFixedRate(
            () -> connection.send(COMMENT.getBytes(StandardCharsets.UTF_8)),
            PROBE_SECONDS,
            PROBE_SECONDS,
            TimeUnit.SECONDS);
  }
}
