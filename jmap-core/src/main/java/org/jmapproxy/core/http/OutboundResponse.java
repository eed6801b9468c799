package org.jmapproxy.core.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * The response to a request. To be closed whether its content is read or not; closing before the
 * end gives up the rest, and may be done from another thread to end a read that waits.
 *
 * @param status the status code
 * @param headers its header fields
 * @param content its content, read from the connection as it is asked for. Reads throw an {@link
 *     OutboundStreamException} when the connection is lost, too slow, or brings more than the
 *     request's bounds allow
 */
public record OutboundResponse(int status, HttpHeaders headers, InputStream content)
    implements AutoCloseable {

  /** Whether the status is one of 200 to 299. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * All of the content, which is at most as large as the request's bounds allow.
   *
   * @throws OutboundHttpException when it cannot be read to its end
   */
  public byte[] readAll() {
    try {
      return content.readAllBytes();
    } catch (OutboundStreamException e) {
      throw new OutboundHttpException(e.reason(), "the response cannot be read to its end", e);
    } catch (IOException e) {
      throw new OutboundHttpException(
          OutboundHttpException.Reason.BROKEN, "the response cannot be read to its end", e);
    }
  }

  /** Lets go of the response. Never throws. */
  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException e) {
      return; // a connection that cannot be closed is gone
    }
  }

  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
