package org.jmapproxy.core.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jmapproxy.core.http.OutboundHttpException.Reason;
import org.jmapproxy.core.http.OutboundStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The content of a response as a stream that waits only so long for the next octets. Asks for one
 * batch of buffers at a time, so that what nobody reads stays with the sender.
 */
final class ArrivingContent extends InputStream
    implements HttpResponse.BodySubscriber<InputStream> {

  private final Duration silence;
  private final Runnable whenDone;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private Flow.@Nullable Subscription subscription;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;

  /**
   * Content to come.
   *
   * @param silence the longest wait for further octets
   * @param whenDone run when nothing more comes; may be run more than once
   */
  ArrivingContent(Duration silence, Runnable whenDone) {
    this.silence = silence;
    this.whenDone = whenDone;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    lock.lock();
    try {
      subscription = given;
    } finally {
      lock.unlock();
    }
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> batch) {
    change(
        () -> {
          batch.stream().filter(ByteBuffer::hasRemaining).forEach(buffers::add);
          askIfEmpty();
        });
  }

  @Override
  public void onError(Throwable thrown) {
    change(() -> failure = thrown);
    whenDone.run();
  }

  @Override
  public void onComplete() {
    change(() -> ended = true);
    whenDone.run();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    lock.lock();
    try {
      ByteBuffer next = awaitNext();
      if (next == null) {
        return -1;
      }
      int count = Math.min(length, next.remaining());
      next.get(octets, offset, count);
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutboundStreamException(Reason.ENDED, "interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    change(() -> closed = true);
    Flow.Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
    whenDone.run();
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A buffer with something in it, or null at the end. */
  private @Nullable ByteBuffer awaitNext() throws IOException, InterruptedException {
    long nanos = silence.toNanos();
    while (true) {
      if (closed) {
        throw new OutboundStreamException(Reason.ENDED, "the response is closed");
      }
      ByteBuffer first = firstWithOctets();
      if (first != null || ended) {
        return first;
      }
      if (failure != null) {
        throw new OutboundStreamException(Reason.BROKEN, "the connection broke", failure);
      }
      if (nanos <= 0) {
        throw new OutboundStreamException(Reason.TIMED_OUT, "the response stopped coming");
      }
      nanos = arrived.awaitNanos(nanos);
    }
  }

  private @Nullable ByteBuffer firstWithOctets() {
    while (!buffers.isEmpty()) {
      ByteBuffer first = buffers.getFirst();
      if (first.hasRemaining()) {
        return first;
      }
      buffers.removeFirst();
      askIfEmpty();
    }
    return null;
  }

  private void askIfEmpty() {
    if (buffers.isEmpty() && subscription != null) {
      subscription.request(1);
    }
  }
}
