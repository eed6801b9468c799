package org.jmapproxy.server.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.util.Headers;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jmapproxy.server.config.StartupException;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

/** One listening address and what answers there. */
public final class Port implements AutoCloseable {

  private static final int READ_TIMEOUT_MILLIS = 60_000;
  private static final int IDLE_TIMEOUT_MILLIS = 120_000;
  private static final int MOST_LENGTH_DIGITS = 18;
  private static final int PARSE_TIMEOUT_MILLIS = 20_000;

  private final Undertow undertow;
  private final GracefulShutdownHandler requests;

  private Port(Undertow undertow, GracefulShutdownHandler requests) {
    this.undertow = undertow;
    this.requests = requests;
  }

  /**
   * Listens and answers from now on.
   *
   * @param host the address or name to listen on
   * @param port 0 lets the system choose
   * @param variable the environment variable that sets the port, for the error message
   * @throws StartupException if the port is taken or the address is not of this machine
   */
  public static Port open(
      String host, int port, String variable, long mostBytes, HttpHandler handler) {
    GracefulShutdownHandler requests = new GracefulShutdownHandler(withReadableLength(handler));
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(port, host, requests)
            .setIoThreads(Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors())))
            .setWorkerThreads(2)
            .setServerOption(UndertowOptions.DECODE_URL, false)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, mostBytes)
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, 32 * 1024)
            .setServerOption(UndertowOptions.MAX_HEADERS, 100)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MILLIS)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_TIMEOUT_MILLIS)
            .setServerOption(UndertowOptions.ALWAYS_SET_DATE, true)
            .setSocketOption(Options.READ_TIMEOUT, READ_TIMEOUT_MILLIS)
            .setSocketOption(Options.KEEP_ALIVE, true)
            .setSocketOption(Options.TCP_NODELAY, true)
            .build();
    try {
      undertow.start();
    } catch (RuntimeException e) {
      throw cannotListen(host, port, variable, e);
    }
    return new Port(undertow, requests);
  }

  /** The port that is listened on. */
  public int number() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Answers 503 to new requests from now on. */
  public void refuse() {
    requests.shutdown();
  }

  /** Waits until the requests under way are answered; false if time ran out before. */
  public boolean awaitQuiet(Duration patience) {
    try {
      return requests.awaitShutdown(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops listening and drops all connections. */
  @Override
  public void close() {
    undertow.stop();
  }

  /** A length beyond all numbers is a bad request, not a defect of ours. */
  private static HttpHandler withReadableLength(HttpHandler next) {
    return exchange -> {
      @Nullable String length = exchange.getRequestHeaders().getFirst(Headers.CONTENT_LENGTH);
      if (length == null || length.length() <= MOST_LENGTH_DIGITS) {
        next.handleRequest(exchange);
      } else {
        exchange.setPersistent(false);
        Reply.empty(exchange, 400);
      }
    };
  }

  private static StartupException cannotListen(
      String host, int port, String variable, RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    return StartupException.unavailable(
        "Cannot listen on "
            + host
            + ":"
            + port
            + " ("
            + cause.getMessage()
            + "); stop what uses the port or set "
            + variable
            + " to another one.");
  }
}
