package org.jmapproxy.server.jmap;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jmapproxy.core.transport.EventSink;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * The client's end of an event stream. Costs no thread: what is sent is queued and written by the
 * connection's IO thread as the client takes it. A client that does not take it is dropped.
 */
final class EventConnection implements EventSink {

  static final String CONTENT_TYPE = "text/event-stream; charset=utf-8";

  private static final HttpString BUFFERING = new HttpString("X-Accel-Buffering");
  private static final int MOST_QUEUED_BYTES = 256 * 1024;

  /** Who sends more behind its request is not listened to any further. */
  private static final int MOST_IGNORED_BYTES = 64 * 1024;

  private final HttpServerExchange exchange;
  private final Deque<ByteBuffer> queue = new ArrayDeque<>();
  private int queuedBytes;
  private int ignoredBytes;
  private boolean ended;
  private boolean gone;
  private @Nullable StreamSinkChannel channel;
  private Runnable onGone = () -> {};

  EventConnection(HttpServerExchange exchange) {
    this.exchange = exchange;
  }

  /** What to do, once, when the stream is over for whatever reason. */
  synchronized void onGone(Runnable action) {
    onGone = action;
  }

  /** Sends the headers and whatever was queued so far; the exchange belongs to this from now on. */
  void start() {
    exchange.setPersistent(false);
    exchange
        .getResponseHeaders()
        .put(Headers.CONTENT_TYPE, CONTENT_TYPE)
        .put(Headers.CACHE_CONTROL, "no-cache, no-store")
        .put(BUFFERING, "no");
    exchange.addExchangeCompleteListener(
        (completed, next) -> {
          finished();
          next.proceed();
        });
    exchange.getConnection().addCloseListener(closed -> finished());
    exchange.dispatch(exchange.getIoThread(), this::begin);
  }

  @Override
  public void send(byte[] text) {
    synchronized (this) {
      if (ended || gone) {
        return;
      }
      if (queuedBytes + text.length > MOST_QUEUED_BYTES) {
        drop();
        return;
      }
      queue.add(ByteBuffer.wrap(text));
      queuedBytes += text.length;
    }
    wake();
  }

  @Override
  public void end() {
    synchronized (this) {
      ended = true;
    }
    wake();
  }

  private void begin() {
    StreamSinkChannel sink = exchange.getResponseChannel();
    sink.getWriteSetter().set(ready -> write());
    synchronized (this) {
      channel = sink;
    }
    noticeEnd();
    write();
  }

  /** A client that goes away says so by closing, which only a reader sees before the next write. */
  private void noticeEnd() {
    if (exchange.getConnection() instanceof HttpServerConnection http) {
      ConduitStreamSourceChannel source = http.getChannel().getSourceChannel();
      try {
        // Nothing is expected of the client, however long it stays.
        source.setOption(Options.READ_TIMEOUT, 0);
      } catch (IOException e) {
        drop();
        return;
      }
      source.setReadListener(this::heard);
      source.resumeReads();
    }
  }

  private void heard(ConduitStreamSourceChannel source) {
    ByteBuffer ignored = ByteBuffer.allocate(1024);
    try {
      for (int count = source.read(ignored); count != 0; count = source.read(ignored.clear())) {
        if (count < 0) {
          drop();
          return;
        }
        ignoredBytes += count;
        if (ignoredBytes > MOST_IGNORED_BYTES) {
          source.suspendReads();
          return;
        }
      }
    } catch (IOException e) {
      drop();
    }
  }

  private void wake() {
    try {
      exchange.getIoThread().execute(this::write);
    } catch (java.util.concurrent.RejectedExecutionException e) {
      finished();
    }
  }

  /** Only on the IO thread. */
  private void write() {
    try {
      synchronized (this) {
        StreamSinkChannel sink = channel;
        if (sink == null || gone) {
          return;
        }
        if (!emptied(sink) || !sink.flush()) {
          sink.resumeWrites();
          return;
        }
        sink.suspendWrites();
        if (!ended) {
          return;
        }
      }
      exchange.endExchange();
    } catch (IOException e) {
      drop();
    }
  }

  private boolean emptied(StreamSinkChannel sink) throws IOException {
    while (!queue.isEmpty()) {
      ByteBuffer next = queue.peek();
      int written = sink.write(next);
      queuedBytes -= written;
      if (next.hasRemaining()) {
        return false;
      }
      queue.remove();
    }
    return true;
  }

  private void drop() {
    exchange.getIoThread().execute(this::close);
  }

  /** Who closed first may have been heard by nobody. */
  private void close() {
    IoUtils.safeClose(exchange.getConnection());
    finished();
  }

  private void finished() {
    Runnable action;
    synchronized (this) {
      if (gone) {
        return;
      }
      gone = true;
      queue.clear();
      action = onGone;
    }
    action.run();
  }
}
