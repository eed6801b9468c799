package org.jmapproxy.server.http;

import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.Optional;
import org.xnio.IoUtils;

/** Request bodies, never more than a bound. */
public final class RequestBody {

  private RequestBody() {}

  /** What is done with a body. */
  @FunctionalInterface
  public interface Use {
    /** Answers the request. */
    void with(HttpServerExchange exchange, byte[] body) throws Exception;
  }

  /**
   * The whole body, empty if it is longer than {@code most} bytes. Waits for it: only for clients
   * that are trusted not to be slow.
   *
   * @throws IOException if the client goes away or is too slow
   */
  public static Optional<byte[]> await(HttpServerExchange exchange, int most) throws IOException {
    if (exchange.getRequestContentLength() > most) {
      return Optional.empty();
    }
    exchange.startBlocking();
    byte[] body = exchange.getInputStream().readNBytes(most + 1);
    return body.length > most ? Optional.empty() : Optional.of(body);
  }

  /**
   * Reads the whole body as it comes, without a thread that waits for it, and has the workers go on
   * with it; a client that goes away or is too slow is dropped.
   *
   * @param most how many bytes it may have
   * @param owner whose share of the workers it is
   * @param use runs on the workers, who answer what it throws with {@code onDefect}
   * @param tooLong answers a longer body
   */
  public static void read(
      HttpServerExchange exchange,
      int most,
      Workers workers,
      String owner,
      Use use,
      HttpHandler onDefect,
      HttpHandler tooLong)
      throws Exception {
    if (exchange.getRequestContentLength() > most) {
      tooLong.handleRequest(exchange);
      return;
    }
    Receiver receiver = exchange.getRequestReceiver();
    receiver.setMaxBufferSize(most);
    receiver.receiveFullBytes(
        (read, body) ->
            dispatch(
                read, workers.running(owner, next -> use.with(next, body), onDefect), onDefect),
        (failed, cause) -> {
          if (cause instanceof Receiver.RequestToLargeException) {
            dispatch(failed, tooLong, onDefect);
          } else {
            IoUtils.safeClose(failed.getConnection());
          }
        });
  }

  private static void dispatch(
      HttpServerExchange exchange, HttpHandler handler, HttpHandler onDefect) {
    try {
      handler.handleRequest(exchange);
    } catch (Exception e) {
      exchange.dispatch(onDefect);
    }
  }
}
