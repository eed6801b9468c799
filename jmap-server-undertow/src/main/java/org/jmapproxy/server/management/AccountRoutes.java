package org.jmapproxy.server.management;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.io.IOException;
import java.util.Optional;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.server.accounts.EmailTakenException;
import org.jmapproxy.server.accounts.InvalidAccountException;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.RequestBody;
import org.jmapproxy.server.http.RequestTarget;
import org.jmapproxy.server.http.Verbs;
import org.jmapproxy.server.lifecycle.AccountAdministration;
import org.jmapproxy.server.vault.VaultException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/accounts} and what is below. */
final class AccountRoutes {

  private static final int MOST_BODY_BYTES = 256 * 1024;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final AccountAdministration administration;
  private final JsonMapper mapper = JsonMapper.builder().build();

  AccountRoutes(AccountAdministration administration) {
    this.administration = administration;
  }

  /** Answers a request under {@code /api}. */
  void handle(HttpServerExchange exchange, RequestTarget target) throws IOException {
    try {
      find(exchange, target);
    } catch (BackendException | VaultException e) {
      Reply.error(exchange, 500, e);
    }
  }

  private void find(HttpServerExchange exchange, RequestTarget target) throws IOException {
    int depth = target.segments().size();
    if (depth < 2 || depth > 4 || !target.segments().get(1).equals("accounts")) {
      Reply.error(exchange, 404, "unknown endpoint");
    } else if (depth == 2) {
      handleAll(exchange);
    } else if (depth == 3) {
      handleOne(exchange, target.segments().get(2));
    } else if (target.segments().get(3).equals("sync")) {
      handleSync(exchange, target.segments().get(2));
    } else {
      Reply.error(exchange, 404, "unknown endpoint");
    }
  }

  private void handleAll(HttpServerExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals(Methods.POST)) {
      post(exchange);
    } else if (Verbs.allowed(exchange, Methods.GET)) {
      ArrayNode list = JSON.arrayNode();
      administration.list().forEach(account -> list.add(AccountJson.of(account)));
      Reply.json(exchange, 200, list);
    } else {
      wrongVerb(exchange, "GET, HEAD, POST");
    }
  }

  private void handleOne(HttpServerExchange exchange, String accountId) throws IOException {
    if (exchange.getRequestMethod().equals(Methods.DELETE)) {
      if (administration.delete(accountId)) {
        Reply.json(exchange, 200, JSON.objectNode().put("deleted", true));
      } else {
        Reply.error(exchange, 404, "not found");
      }
    } else if (exchange.getRequestMethod().equals(Methods.PATCH)) {
      patch(exchange, accountId);
    } else if (Verbs.allowed(exchange, Methods.GET)) {
      administration
          .find(accountId)
          .ifPresentOrElse(
              account -> Reply.json(exchange, 200, AccountJson.of(account)),
              () -> Reply.error(exchange, 404, "not found"));
    } else {
      wrongVerb(exchange, "GET, HEAD, PATCH, DELETE");
    }
  }

  private void handleSync(HttpServerExchange exchange, String accountId) {
    if (!exchange.getRequestMethod().equals(Methods.POST)) {
      wrongVerb(exchange, "POST");
      return;
    }
    if (administration.sync(accountId)) {
      Reply.json(exchange, 200, JSON.objectNode().put("synced", accountId));
    } else {
      Reply.error(exchange, 404, "not found");
    }
  }

  private void post(HttpServerExchange exchange) throws IOException {
    Optional<ObjectNode> json = body(exchange);
    if (json.isPresent()) {
      put(exchange, json.get(), 201);
    }
  }

  /** Changes what is named of an account that is there. */
  private void patch(HttpServerExchange exchange, String accountId) throws IOException {
    Optional<ObjectNode> json = body(exchange);
    if (json.isEmpty()) {
      return;
    }
    if (administration.find(accountId).isEmpty()) {
      Reply.error(exchange, 404, "not found");
    } else if (!json.get().path("accountid").asString(accountId).equals(accountId)) {
      Reply.error(exchange, 400, "accountid cannot be changed");
    } else {
      put(exchange, json.get().put("accountid", accountId), 200);
    }
  }

  /** The body; empty when the answer has been given: it cannot be used. */
  private Optional<ObjectNode> body(HttpServerExchange exchange) throws IOException {
    Optional<byte[]> body = RequestBody.await(exchange, MOST_BODY_BYTES);
    if (body.isEmpty()) {
      Reply.error(exchange, 413, "the body is longer than 256 KiB");
      return Optional.empty();
    }
    Optional<ObjectNode> json = parse(body.get());
    if (json.isEmpty()) {
      Reply.error(exchange, 400, "invalid JSON");
    }
    return json;
  }

  private void put(HttpServerExchange exchange, ObjectNode body, int status) {
    try {
      AccountAdministration.Added added = administration.put(body);
      ObjectNode answer =
          JSON.objectNode()
              .put("accountid", added.settings().accountId())
              .put("type", added.settings().type());
      added.settings().upstream().ifPresent(any -> answer.put("email", added.settings().email()));
      added.warning().ifPresent(warning -> answer.put("warning", warning));
      Reply.json(exchange, status, answer);
    } catch (InvalidAccountException | EmailTakenException e) {
      Reply.error(exchange, 400, e);
    }
  }

  private Optional<ObjectNode> parse(byte[] body) {
    try {
      JsonNode json = mapper.readTree(body);
      return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static void wrongVerb(HttpServerExchange exchange, String allowed) {
    exchange.getResponseHeaders().put(io.undertow.util.Headers.ALLOW, allowed);
    Reply.error(exchange, 405, "method not allowed; use " + allowed);
  }
}
