package org.jmapproxy.server.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * The content of a response: a read that waits too long ends the request. Closed before its end it
 * gives up the connection rather than read what is left. For one reader; {@link #close} may be
 * called by another thread.
 */
final class ArrivingContent extends FilterInputStream {

  private final Deadline deadline;
  private final Duration silence;
  private volatile boolean ended;

  ArrivingContent(InputStream in, Deadline deadline, Duration silence) {
    super(in);
    this.deadline = deadline;
    this.silence = silence;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    Future<?> end = deadline.in(silence);
    try {
      int count = in.read(octets, offset, length);
      ended = count < 0;
      return count;
    } catch (IOException e) {
      if (deadline.hasPassed()) {
        SocketTimeoutException timeout = new SocketTimeoutException("no octets in time");
        timeout.initCause(e);
        throw timeout;
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      deadline.end();
    }
    in.close();
  }
}
