package org.jmapproxy.core.internal.push;

import java.util.ArrayList;
import java.util.List;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.transport.EventSink;
import org.jmapproxy.core.transport.EventStream;
import org.jmapproxy.core.transport.EventStreamRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's event stream. Sends a state event for each change that is news to the client; a sink
 * that fails ends it.
 */
final class StateEventStream implements EventStream {

  private static final Logger LOG = LoggerFactory.getLogger(StateEventStream.class);

  private final EventStreamRequest request;
  private final EventSink sink;
  private final SeenStates seen;
  private final List<StateChange> early = new ArrayList<>();
  private List<Subscription> subscriptions = List.of();
  private boolean started;
  private boolean closed;

  StateEventStream(EventStreamRequest request, EventSink sink) {
    this.request = request;
    this.sink = sink;
    seen = new SeenStates(request.types());
  }

  /**
   * Begins to send: first what the client missed since its last event, then what changed meanwhile.
   *
   * @param toClose closed together with the stream
   * @param current the states of all accounts
   */
  void start(List<Subscription> toClose, List<StateChange> current) {
    synchronized (this) {
      subscriptions = List.copyOf(toClose);
      started = true;
      seen.record(current);
      request.lastEventId().map(seen::missedSince).ifPresent(this::sendNews);
      early.forEach(change -> sendNews(seen.record(List.of(change))));
      early.clear();
    }
    unsubscribeIfClosed();
  }

  /** Hears of a change; called on threads of backends. */
  void changed(StateChange change) {
    synchronized (this) {
      if (started) {
        sendNews(seen.record(List.of(change)));
      } else {
        early.add(change);
      }
    }
    unsubscribeIfClosed();
  }

  @Override
  public int pingSeconds() {
    return request.pingSeconds();
  }

  @Override
  public void ping() {
    synchronized (this) {
      send(EventFormat.ping(request.pingSeconds()));
    }
    unsubscribeIfClosed();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    unsubscribeIfClosed();
  }

  /** Outside the lock: a backend may hold a lock of its own while it tells us of a change. */
  private void unsubscribeIfClosed() {
    List<Subscription> toClose = List.of();
    synchronized (this) {
      if (closed) {
        toClose = subscriptions;
        subscriptions = List.of();
      }
    }
    toClose.forEach(Subscription::close);
  }

  private void sendNews(List<StateChange> news) {
    if (news.isEmpty() || closed) {
      return;
    }
    send(EventFormat.state(seen.eventId(), news));
    if (request.closeAfterState() && !closed) {
      closed = true;
      sink.end();
    }
  }

  private void send(byte[] event) {
    if (closed) {
      return;
    }
    try {
      sink.send(event);
    } catch (RuntimeException e) {
      LOG.debug("an event stream ends because its sink failed", e);
      closed = true;
    }
  }
}
