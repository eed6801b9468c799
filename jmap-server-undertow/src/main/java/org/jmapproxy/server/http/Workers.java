package org.jmapproxy.server.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that do the work of one port. IO threads only parse and hand over; a request that
 * finds no thread and no room in the queue gets 503. Nobody gets more than half of the threads:
 * what one login wants beyond that waits without a thread.
 */
public final class Workers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** Beyond that many logins, those that want nothing now are forgotten. */
  private static final int REMEMBERED_SHARES = 1000;

  private final ThreadPoolExecutor executor;
  private final Map<String, Share> shares = new ConcurrentHashMap<>();
  private final int mostOfOne;
  private final int mostWaitingOfOne;

  /** At most {@code threads} at work and {@code waiting} requests in the queue. */
  public Workers(String name, int threads, int waiting) {
    AtomicInteger number = new AtomicInteger();
    this.mostOfOne = Math.max(1, threads / 2);
    this.mostWaitingOfOne = Math.max(1, waiting / 4);
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** How many requests wait for a thread. */
  public int waiting() {
    return executor.getQueue().size();
  }

  /**
   * The handler, run by these threads; what it throws is logged and answered with 500. A handler
   * that wants streams says so itself: without them no thread waits for the rest of a body that
   * nobody reads.
   */
  public HttpHandler running(HttpHandler handler, HttpHandler onDefect) {
    return exchange -> exchange.dispatch(executor, inWorker -> run(inWorker, handler, onDefect));
  }

  /** Like {@link #running}, within the owner's share of the threads. */
  public HttpHandler running(String owner, HttpHandler handler, HttpHandler onDefect) {
    return exchange ->
        exchange.dispatch(shareOf(owner), inWorker -> run(inWorker, handler, onDefect));
  }

  /**
   * Goes on in the owner's share of the threads: at once, or on another thread when the owner has
   * all of its share at work. Called by a thread of these workers.
   */
  public void goOn(
      String owner, HttpServerExchange exchange, HttpHandler handler, HttpHandler onDefect)
      throws Exception {
    Share share = shareOf(owner);
    if (!share.enter()) {
      running(owner, handler, onDefect).handleRequest(exchange);
      return;
    }
    try {
      handler.handleRequest(exchange);
    } finally {
      share.leave();
    }
  }

  private Share shareOf(String owner) {
    if (shares.size() > REMEMBERED_SHARES) {
      shares.values().removeIf(Share::isIdle);
    }
    return shares.computeIfAbsent(owner, name -> new Share(executor, mostOfOne, mostWaitingOfOne));
  }

  private static void run(HttpServerExchange exchange, HttpHandler handler, HttpHandler onDefect)
      throws Exception {
    try {
      handler.handleRequest(exchange);
    } catch (IOException e) {
      LOG.debug("A client went away", e);
      exchange.getConnection().close();
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestPath(), e);
      if (exchange.isResponseStarted()) {
        exchange.getConnection().close();
      } else {
        onDefect.handleRequest(exchange);
      }
    }
  }

  /** Lets the work under way finish, for a bounded time. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
