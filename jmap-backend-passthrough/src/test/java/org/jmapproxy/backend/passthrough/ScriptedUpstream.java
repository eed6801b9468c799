package org.jmapproxy.backend.passthrough;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jmapproxy.core.method.Invocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JMAP server of one account, {@link #ACCOUNT}, that answers what a test tells it to. */
final class ScriptedUpstream implements AutoCloseable {

  /** So short that replacing it in texts would show. */
  static final String ACCOUNT = "u";

  static final String FAR = "urn:example:far";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile ObjectNode session = session("s1");

  /** Answers an exchange. */
  @FunctionalInterface
  interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  /** A request that came. */
  record Seen(String method, String path, Map<String, String> headers, JsonNode body) {}

  ScriptedUpstream() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    handlers.put("/session", exchange -> json(exchange, 200, session));
    answers(call -> call);
  }

  /** Its address, with a path. */
  String at(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The session from now on. */
  void session(ObjectNode changed) {
    session = changed;
  }

  /** A session of a state, with addresses relative to its own. */
  static ObjectNode session(String state) {
    return (ObjectNode)
        MAPPER.readTree(
            """
            {"capabilities": {"urn:ietf:params:jmap:core": {"maxCallsInRequest": 4,
               "maxObjectsInGet": 7, "maxSizeRequest": 100000, "maxConcurrentRequests": 2},
               "urn:example:far": {"far": true}, "urn:ietf:params:jmap:websocket": {"url": "ws:"}},
             "accounts": {"u": {"name": "u", "isPersonal": true, "isReadOnly": false,
               "accountCapabilities": {"urn:example:far": {"most": 5},
                 "urn:ietf:params:jmap:mail": {}}}},
             "primaryAccounts": {"urn:ietf:params:jmap:mail": "u"}, "username": "ann",
             "apiUrl": "/api", "uploadUrl": "/up/{accountId}",
             "downloadUrl": "/down/{accountId}/{blobId}/{name}?type={type}",
             "eventSourceUrl": "/events?types={types}&closeafter={closeafter}&ping={ping}",
             "state": "%s"}
            """
                .formatted(state));
  }

  /** Answers what is under a path. */
  void on(String path, Handler handler) {
    handlers.put(path, handler);
  }

  /** Answers every call with one response. */
  void answers(Function<Invocation, Invocation> answer) {
    on("/api", exchange -> json(exchange, 200, response(body(exchange), answer)));
  }

  /** The response to a request. */
  static ObjectNode response(JsonNode request, Function<Invocation, Invocation> answer) {
    ObjectNode response = JsonNodeFactory.instance.objectNode().put("sessionState", "s1");
    var responses = response.putArray("methodResponses");
    for (JsonNode call : request.path("methodCalls")) {
      Invocation asked =
          new Invocation(
              call.get(0).stringValue(), (ObjectNode) call.get(1), call.get(2).stringValue());
      responses.add(answer.apply(asked).toJson());
    }
    return response;
  }

  /** The requests under a path, in order. */
  List<Seen> seen(String path) {
    return seen.stream().filter(one -> one.path().startsWith(path)).toList();
  }

  /** All requests. */
  List<Seen> seen() {
    return seen;
  }

  static void json(HttpExchange exchange, int status, JsonNode json) throws IOException {
    text(exchange, status, "application/json", json.toString());
  }

  static void text(HttpExchange exchange, int status, String type, String text) throws IOException {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  /** The body of the request that is being answered. */
  static JsonNode body(HttpExchange exchange) {
    return (JsonNode) exchange.getAttribute("json");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean isApi = path.startsWith("/api");
    JsonNode body =
        isApi
            ? MAPPER.readTree(exchange.getRequestBody().readAllBytes())
            : JsonNodeFactory.instance.nullNode();
    exchange.setAttribute("json", body);
    Map<String, String> headers = new ConcurrentHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    seen.add(new Seen(exchange.getRequestMethod(), path, headers, body));
    Handler handler =
        handlers.entrySet().stream()
            .filter(entry -> path.startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(any -> text(any, 404, "text/plain", "nothing"));
    try {
      handler.handle(exchange);
    } catch (RuntimeException | IOException e) {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
