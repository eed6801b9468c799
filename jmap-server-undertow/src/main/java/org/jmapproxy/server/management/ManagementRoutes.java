package org.jmapproxy.server.management;

import com.codahale.metrics.Counter;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.RequestTarget;
import org.jmapproxy.server.http.Verbs;
import org.jmapproxy.server.lifecycle.AccountAdministration;
import org.jmapproxy.server.metrics.ServerMetrics;
import tools.jackson.databind.node.JsonNodeFactory;

/** Everything on the management port. */
public final class ManagementRoutes implements HttpHandler {

  private final AccountAdministration administration;
  private final AccountRoutes accounts;
  private final ServerMetrics metrics;
  private final IntSupplier openAccounts;
  private final HostGuard guard;
  private final Counter requests;
  private final Dashboard dashboard = new Dashboard();

  /**
   * Builds the routes.
   *
   * @param openAccounts how many accounts are at work
   * @param allowedHosts host names that pass beside localhost and IP addresses
   */
  public ManagementRoutes(
      AccountAdministration administration,
      ServerMetrics metrics,
      IntSupplier openAccounts,
      Set<String> allowedHosts) {
    this.administration = administration;
    this.accounts = new AccountRoutes(administration);
    this.metrics = metrics;
    this.openAccounts = openAccounts;
    this.guard = new HostGuard(allowedHosts);
    this.requests = metrics.counter("jmap_mgmt_requests");
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    requests.inc();
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    Optional<RequestTarget> target = RequestTarget.of(exchange);
    if (target.isEmpty()) {
      Reply.error(exchange, 400, "the path is not properly encoded");
    } else if (target.get().is("healthz")) {
      get(exchange, this::health);
    } else if (target.get().is("metrics")) {
      get(exchange, this::metrics);
    } else {
      guarded(exchange, target.get());
    }
  }

  private void guarded(HttpServerExchange exchange, RequestTarget target) throws Exception {
    Optional<String> objection = guard.objection(exchange);
    if (objection.isPresent()) {
      Reply.error(exchange, 403, objection.get());
    } else if (target.isUnder("api")) {
      accounts.handle(exchange, target);
    } else if (target.segments().size() == 1 && dashboard.has(target.segments().get(0))) {
      get(exchange, page -> dashboard.handle(page, target.segments().get(0)));
    } else {
      Reply.error(exchange, 404, "not found");
    }
  }

  private static void get(HttpServerExchange exchange, HttpHandler handler) throws Exception {
    if (Verbs.allowed(exchange, Methods.GET)) {
      handler.handleRequest(exchange);
    } else {
      Verbs.announce(exchange, Methods.GET);
      Reply.error(exchange, 405, "method not allowed; use GET");
    }
  }

  private void health(HttpServerExchange exchange) {
    Reply.json(
        exchange,
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("status", "ok")
            .put("uptime", metrics.uptimeSeconds())
            .put("children", openAccounts.getAsInt())
            .put("pid", ProcessHandle.current().pid()));
  }

  private void metrics(HttpServerExchange exchange) {
    byte[] text = metrics.expose(this::lastSyncs).getBytes(StandardCharsets.UTF_8);
    Reply.send(exchange, 200, ServerMetrics.CONTENT_TYPE, text);
  }

  private Map<String, Instant> lastSyncs() {
    Map<String, Instant> lastSyncs = new TreeMap<>();
    administration
        .list()
        .forEach(
            account ->
                account
                    .status()
                    .lastSync()
                    .ifPresent(at -> lastSyncs.put(account.settings().accountId(), at)));
    return lastSyncs;
  }
}
