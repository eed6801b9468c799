package org.jmapproxy.core.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jmapproxy.core.http.OutboundRequest;
import org.jmapproxy.core.http.ResponseBounds;

/** An HTTP server on loopback that plays a script for each request. */
public final class HttpEndpoint implements AutoCloseable {

  /** What an endpoint does with a request. */
  @FunctionalInterface
  public interface Script {

    /** Does it. */
    void play(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Starts on a port that the system chooses. */
  public HttpEndpoint(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", played(script));
    server.start();
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The address of a path. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** A request to this server. */
  public OutboundRequest request(String method, String path, ResponseBounds bounds) {
    return OutboundRequest.of(method, uri(path), bounds);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpHandler played(Script script) {
    return exchange -> {
      try {
        script.play(exchange);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
