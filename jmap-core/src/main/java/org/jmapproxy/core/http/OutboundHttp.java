package org.jmapproxy.core.http;

import java.util.concurrent.Executor;
import org.jmapproxy.core.internal.http.JdkOutboundHttp;

/**
 * Sends requests to HTTP servers elsewhere. One object serves any number of threads.
 *
 * <p>Redirects are never followed: a 3xx response is an answer like any other. Who follows it sends
 * a new request, whose address is looked at like the first one's. Cookies are not kept, proxies of
 * the environment not used.
 */
public interface OutboundHttp extends AutoCloseable {

  /**
   * Sends a request and waits, on the calling thread, for the head of its response.
   *
   * @return the response, of whatever status; to be closed by the caller
   * @throws OutboundHttpException when there is no response, with the reason
   */
  OutboundResponse send(OutboundRequest request);

  /** Ends all requests under way and lets go of connections. */
  @Override
  void close();

  /**
   * A client on the JDK's.
   *
   * <p>The addresses of a host are looked at before each request, but the JDK resolves its name
   * once more when it connects. An application whose users name the hosts should bring a client
   * that connects to the very address that was looked at.
   *
   * @param executor runs the JDK client's own tasks, which do not block but for content that comes
   *     from a stream
   * @param addresses which addresses may be connected to
   */
  static OutboundHttp jdk(Executor executor, AddressPolicy addresses) {
    return new JdkOutboundHttp(executor, addresses);
  }
}
