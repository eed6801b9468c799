package org.jmapproxy.server.jmap;

import com.codahale.metrics.Counter;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.RequestTarget;
import org.jmapproxy.server.http.Verbs;
import org.jmapproxy.server.http.Workers;
import org.jmapproxy.server.lifecycle.OpenAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything on the JMAP port: finds the resource, asks who is there, hands over to its route. */
public final class JmapRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(JmapRoutes.class);

  private final JmapServer server;
  private final Gate gate;
  private final OpenAccounts accounts;
  private final IntFunction<String> baseUrl;
  private final Counter requests;
  private final Workers workers;
  private final ApiRoute api;
  private final UploadRoute upload;
  private final DownloadRoute download;
  private final EventSourceRoute eventSource;

  /** Something that only an authenticated principal reaches. */
  @FunctionalInterface
  interface Route {
    void handle(HttpServerExchange exchange, Principal principal, RequestTarget target)
        throws Exception;
  }

  /**
   * Builds the routes.
   *
   * @param baseUrl the public address, given the port that is listened on
   * @param workers who answer
   */
  public JmapRoutes(
      JmapServer server,
      Gate gate,
      OpenAccounts accounts,
      EventStreams streams,
      IntFunction<String> baseUrl,
      Counter requests,
      Workers workers) {
    this.server = server;
    this.gate = gate;
    this.accounts = accounts;
    this.baseUrl = baseUrl;
    this.requests = requests;
    this.workers = workers;
    this.api = new ApiRoute(server, accounts, workers);
    this.upload = new UploadRoute(server);
    this.download = new DownloadRoute(server);
    this.eventSource = new EventSourceRoute(server, accounts, streams);
  }

  /** The handler of the port: counts, answers browsers' preflights, leaves the rest to workers. */
  public HttpHandler handler() {
    HttpHandler atWork = workers.running(this::route, JmapRoutes::defect);
    HttpHandler crossOrigin = new CrossOrigin(atWork);
    return exchange -> {
      requests.inc();
      if (LOG.isDebugEnabled()) {
        exchange.addExchangeCompleteListener(JmapRoutes::logAnswer);
      }
      crossOrigin.handleRequest(exchange);
    };
  }

  static void defect(HttpServerExchange exchange) {
    Reply.problem(exchange, 500, "internal error");
  }

  private void route(HttpServerExchange exchange) throws Exception {
    Optional<RequestTarget> found = RequestTarget.of(exchange);
    if (found.isEmpty()) {
      Reply.problem(exchange, 400, "the path is not properly encoded");
      return;
    }
    RequestTarget target = found.get();
    int depth = target.segments().size();
    if (target.is(".well-known", "jmap")) {
      wellKnown(exchange);
    } else if (target.is("session")) {
      behindGate(exchange, target, inUse(this::session), Methods.GET);
    } else if (target.is("jmap")) {
      behindGate(exchange, target, api, Methods.POST);
    } else if (target.isUnder("upload") && depth == 2) {
      behindGate(exchange, target, inUse(upload), Methods.POST);
    } else if (target.isUnder("raw") && depth == 4) {
      behindGate(exchange, target, inUse(download), Methods.GET);
    } else if (target.is("eventsource")) {
      behindGate(exchange, target, eventSource, Methods.GET);
    } else {
      Reply.problem(exchange, 404, "nothing is here");
    }
  }

  private void wellKnown(HttpServerExchange exchange) {
    if (isWrongVerb(exchange, Methods.GET)) {
      return;
    }
    exchange.getResponseHeaders().put(Headers.LOCATION, baseUrl(exchange) + "/session");
    Reply.empty(exchange, 301);
  }

  private void session(HttpServerExchange exchange, Principal principal, RequestTarget target) {
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-cache, no-store");
    Reply.core(exchange, server.session(principal, SessionUrls.below(baseUrl(exchange))));
  }

  /** Keeps the principal's accounts open while the route is at work. */
  private Route inUse(Route route) {
    return (exchange, principal, target) -> {
      OpenAccounts.Use use = accounts.use(principal);
      try {
        route.handle(exchange, principal, target);
      } finally {
        use.close();
      }
    };
  }

  private void behindGate(
      HttpServerExchange exchange, RequestTarget target, Route route, HttpString verb)
      throws Exception {
    if (isWrongVerb(exchange, verb)) {
      return;
    }
    Optional<Principal> principal = gate.admit(exchange);
    if (principal.isPresent()) {
      workers.goOn(
          principal.get().name(),
          exchange,
          admitted -> handle(admitted, route, principal.get(), target),
          JmapRoutes::defect);
    }
  }

  private static void handle(
      HttpServerExchange exchange, Route route, Principal principal, RequestTarget target)
      throws Exception {
    try {
      route.handle(exchange, principal, target);
    } catch (RequestException e) {
      Reply.problem(exchange, e.error());
    } catch (BackendException e) {
      LOG.warn("{} failed: {}", exchange.getRequestPath(), e.getMessage());
      backendProblem(exchange, e);
    }
  }

  private static void backendProblem(HttpServerExchange exchange, BackendException e) {
    if (exchange.isResponseStarted()) {
      org.xnio.IoUtils.safeClose(exchange.getConnection());
      return;
    }
    switch (e.reason()) {
      case GONE -> Reply.problem(exchange, 404, "it is gone");
      case UNAVAILABLE, RATE_LIMITED, AUTHENTICATION_LOST -> {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "30");
        Reply.problem(exchange, 503, "the account's server cannot be asked now");
      }
      default -> Reply.problem(exchange, 500, "internal error");
    }
  }

  private static void logAnswer(
      HttpServerExchange exchange, ExchangeCompletionListener.NextListener next) {
    LOG.debug(
        "{} {} {}, {} bytes",
        exchange.getRequestMethod(),
        exchange.getRequestPath(),
        exchange.getStatusCode(),
        exchange.getResponseBytesSent());
    next.proceed();
  }

  private static boolean isWrongVerb(HttpServerExchange exchange, HttpString verb) {
    if (Verbs.allowed(exchange, verb)) {
      return false;
    }
    Verbs.announce(exchange, verb);
    Reply.problem(exchange, 405, "use " + verb);
    return true;
  }

  private String baseUrl(HttpServerExchange exchange) {
    InetSocketAddress local = exchange.getConnection().getLocalAddress(InetSocketAddress.class);
    return baseUrl.apply(local.getPort());
  }
}
