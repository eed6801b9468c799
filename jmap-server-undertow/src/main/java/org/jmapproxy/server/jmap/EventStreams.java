package org.jmapproxy.server.jmap;

import java.nio.charset.StandardCharsets;
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

  /** {@code timer} runs the pings, which never block. */
  public EventStreams(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** How many streams are open. */
  public int count() {
    return open.size();
  }

  boolean hasRoomFor(Principal principal) {
    return open.values().stream().filter(principal::equals).count() < MOST_PER_PRINCIPAL;
  }

  void add(
      Principal principal, EventConnection connection, EventStream stream, OpenAccounts.Use use) {
    Future<?> pings = pings(connection, stream);
    open.put(connection, principal);
    connection.onGone(
        () -> {
          open.remove(connection);
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
