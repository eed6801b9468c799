package org.jmapproxy.server.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.transport.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Complete answers; each method ends the exchange. */
public final class Reply {

  private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");

  private Reply() {}

  /** A JSON document. */
  public static void json(HttpServerExchange exchange, int status, JsonNode body) {
    send(exchange, status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The management API's errors: {@code {"error": message}}. */
  public static void error(HttpServerExchange exchange, int status, String message) {
    json(exchange, status, JsonNodeFactory.instance.objectNode().put("error", message));
  }

  /** The management API's errors, with the message of an exception that is meant to be shown. */
  public static void error(HttpServerExchange exchange, int status, Exception cause) {
    error(exchange, status, Objects.requireNonNullElse(cause.getMessage(), "it failed"));
  }

  /** A problem document (RFC 7807), as the JMAP port answers refused requests. */
  public static void problem(HttpServerExchange exchange, RequestError error) {
    byte[] body = error.toJson().toString().getBytes(StandardCharsets.UTF_8);
    send(exchange, error.status(), "application/problem+json", body);
  }

  /** What the JMAP engine answers. */
  public static void core(HttpServerExchange exchange, Answer answer) {
    send(exchange, answer.status(), answer.contentType(), answer.body());
  }

  /** A problem without a type of its own. */
  public static void problem(HttpServerExchange exchange, int status, String detail) {
    problem(exchange, RequestError.plain(status, detail));
  }

  /** Bytes of any type. */
  public static void send(HttpServerExchange exchange, int status, String type, byte[] body) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type).put(NOSNIFF, "nosniff");
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }

  /** A status alone. */
  public static void empty(HttpServerExchange exchange, int status) {
    exchange.setStatusCode(status);
    exchange.endExchange();
  }
}
