package org.jmapproxy.core.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jmapproxy.core.http.OutboundHttpException.Reason;

/**
 * The content of a response held to its bounds of size and whole time, for clients to wrap theirs
 * in: failures of the stream below become {@link OutboundStreamException}s. Silence is the stream's
 * own matter. For one reading thread; {@link #close} may be called from another one.
 */
public final class BoundedContent extends FilterInputStream {

  private final ResponseBounds bounds;
  private final long startedNanos;
  private long left;

  /**
   * Holds a stream to bounds.
   *
   * @param startedNanos {@link System#nanoTime} when the request began
   */
  public BoundedContent(InputStream in, ResponseBounds bounds, long startedNanos) {
    super(in);
    this.bounds = bounds;
    this.startedNanos = startedNanos;
    left = bounds.octets();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    checkTime();
    int count = readBelow(octets, offset, (int) Math.min(length, Math.max(left, 1)));
    checkTime();
    if (count > left) {
      throw new OutboundStreamException(
          Reason.TOO_LARGE, "the response has more than " + bounds.octets() + " octets");
    }
    left -= Math.max(count, 0);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.max(1, Math.min(count, 8192))];
    return count <= 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, super.available());
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private int readBelow(byte[] octets, int offset, int length) throws IOException {
    try {
      return in.read(octets, offset, length);
    } catch (OutboundStreamException e) {
      throw e;
    } catch (InterruptedIOException e) {
      throw new OutboundStreamException(Reason.TIMED_OUT, "the response stopped coming", e);
    } catch (IOException e) {
      throw new OutboundStreamException(Reason.BROKEN, "the connection broke", e);
    }
  }

  private void checkTime() throws OutboundStreamException {
    long passed = System.nanoTime() - startedNanos;
    if (bounds.whole().map(Duration::toNanos).filter(most -> passed > most).isPresent()) {
      throw new OutboundStreamException(Reason.TIMED_OUT, "the response takes too long");
    }
  }
}
