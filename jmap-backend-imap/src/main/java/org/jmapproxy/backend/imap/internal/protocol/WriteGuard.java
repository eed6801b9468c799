package org.jmapproxy.backend.imap.internal.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a peer that takes no octets: sockets know no timeout for writing, so a timer closes the
 * connection under a write that hangs. One connection has at most one timer, however much it
 * writes.
 */
final class WriteGuard {
  private final ScheduledExecutorService timers;
  private final long patienceNanos;
  private final Runnable closing;
  private long writingSince;
  private boolean writing;
  private boolean watching;
  private boolean struck;
  private Optional<Future<?>> check = Optional.empty();

  /**
   * Watches nothing yet.
   *
   * @param patience how long one write of some kilobytes may take
   * @param closing closes the connection without blocking
   */
  WriteGuard(ScheduledExecutorService timers, Duration patience, Runnable closing) {
    this.timers = timers;
    this.patienceNanos = patience.toNanos();
    this.closing = closing;
  }

  /** The same stream, watched. */
  OutputStream around(OutputStream out) {
    return new Watched(out);
  }

  private synchronized void begin() {
    writing = true;
    writingSince = System.nanoTime();
    if (!watching) {
      watchFor(patienceNanos);
    }
  }

  private void watchFor(long nanos) {
    try {
      check = Optional.of(timers.schedule(this::check, nanos, TimeUnit.NANOSECONDS));
      watching = true;
    } catch (RejectedExecutionException e) {
      watching = false;
    }
  }

  private void check() {
    synchronized (this) {
      watching = false;
      if (!writing) {
        return;
      }
      long left = patienceNanos - (System.nanoTime() - writingSince);
      if (left > 0) {
        watchFor(left);
        return;
      }
      struck = true;
    }
    closing.run();
  }

  /** The connection is closed: nothing has to be remembered of it. */
  synchronized void release() {
    check.ifPresent(planned -> planned.cancel(false));
    check = Optional.empty();
  }

  private synchronized void end() {
    writing = false;
  }

  private synchronized boolean hasStruck() {
    return struck;
  }

  /** Some work on the stream below. */
  private interface Work {
    void run() throws IOException;
  }

  private final class Watched extends OutputStream {
    private final OutputStream out;

    Watched(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      watched(() -> out.write(octet));
    }

    @Override
    public void write(byte @Nullable [] octets, int offset, int length) throws IOException {
      watched(() -> out.write(octets, offset, length));
    }

    @Override
    public void flush() throws IOException {
      watched(out::flush);
    }

    private void watched(Work work) throws IOException {
      begin();
      try {
        work.run();
      } catch (IOException e) {
        if (hasStruck()) {
          SocketTimeoutException timeout = new SocketTimeoutException("The server takes no data");
          timeout.initCause(e);
          throw timeout;
        }
        throw e;
      } finally {
        end();
      }
    }
  }
}
