package org.jmapproxy.server.push;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jmapproxy.core.testkit.HttpEndpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A push service on loopback that takes everything and keeps it. */
final class PushEndpoint implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final HttpEndpoint endpoint;

  PushEndpoint() throws IOException {
    endpoint = new HttpEndpoint(this::take);
  }

  String url() {
    return endpoint.uri("/push/secret-path").toString();
  }

  /** Method, path, TTL and content type of each message. */
  List<String> heads() {
    return heads;
  }

  List<JsonNode> received() {
    return received;
  }

  /** The code of the verification of a subscription, once it is here. */
  String code(String subscriptionId) {
    return await(
            one -> one.path("pushSubscriptionId").asString("").equals(subscriptionId),
            "a verification")
        .path("verificationCode")
        .asString();
  }

  /** Waits until a state change says this of an account and type. */
  void awaitState(String account, String type, String state) {
    await(
        one -> one.at("/changed/" + account + "/" + type).asString("").equals(state),
        type + " " + state + " of " + account);
  }

  /** Waits until a state change tells of this account and type. */
  void awaitChange(String account, String type) {
    await(one -> one.at("/changed/" + account).has(type), type + " of " + account);
  }

  private JsonNode await(Predicate<JsonNode> wanted, String what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<JsonNode> found = received.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no " + what + " came, but " + received);
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode json = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    heads.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("TTL")
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type"));
    received.add(json);
    exchange.sendResponseHeaders(201, -1);
    exchange.close();
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
