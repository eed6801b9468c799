package org.jmapproxy.backend.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.method.Invocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstreams that fail, refuse or lie: what clients are told, and how often the upstream is asked.
 */
class UnreliableUpstreamTest {

  private static final String GET = "['Far/get', {'accountId': 'ann'}, 'g']";
  private static final String SET = "['Far/set', {'accountId': 'ann'}, 's']";

  @TempDir Path directory;
  private ScriptedUpstream upstream;
  private TestProxy proxy;

  @BeforeEach
  void start() {
    upstream = new ScriptedUpstream();
    proxy = new TestProxy(directory, upstream.at("/session"), Map.of()).ready();
  }

  @AfterEach
  void stop() {
    proxy.close();
    upstream.close();
  }

  @Test
  void callsThatTheUpstreamLeavesOutFailAloneAndThoseNobodyMadeAreLeftOut() {
    upstream.on(
        "/api",
        exchange -> {
          ObjectNode answer =
              ScriptedUpstream.response(ScriptedUpstream.body(exchange), call -> call);
          ArrayNode responses = (ArrayNode) answer.path("methodResponses");
          responses.remove(0);
          responses.add(TestProxy.json("['Far/get', {'accountId': 'u'}, 'nobody']"));
          responses.add(TestProxy.json("['Far/get', 7]"));
          ScriptedUpstream.json(exchange, 200, answer);
        });

    JsonNode responses = proxy.calls("[" + GET + "," + SET + "]");

    assertThat(responses)
        .extracting(one -> one.get(0).stringValue() + " " + one.get(2).stringValue())
        .containsExactlyInAnyOrder("error g", "Far/set s");
  }

  @Test
  void anAnswerAboutAnotherAccountIsNotBelieved() {
    upstream.answers(
        call ->
            new Invocation(
                call.name(), (ObjectNode) TestProxy.json("{'accountId': 'other'}"), call.callId()));

    JsonNode responses = proxy.calls("[" + GET + "," + SET + "]");

    assertThat(responses.at("/0/1/type").stringValue()).isEqualTo("serverFail");
    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("serverPartialFail");
  }

  @ParameterizedTest
  @CsvSource({"html", "array", "deep", "endless", "noResponses"})
  void answersThatAreNoneAreUnderstoodAsLost(String kind) {
    upstream.on(
        "/api",
        exchange -> {
          String text =
              switch (kind) {
                case "html" -> "<html>log in</html>";
                case "array" -> "[]";
                case "deep" ->
                    "{\"methodResponses\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
                case "endless" -> "{\"methodResponses\":[], \"x\":\"" + "x".repeat(2 << 20) + "\"}";
                default -> "{}";
              };
          ScriptedUpstream.text(exchange, 200, "application/json", text);
        });

    JsonNode responses = proxy.calls("[" + GET + "," + SET + "]");

    assertThat(responses.at("/0/1/type").stringValue()).isEqualTo("serverUnavailable");
    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("serverPartialFail");
  }

  @Test
  void aBrokenConnectionIsTriedOnceMoreForCallsThatOnlyRead() {
    AtomicInteger attempts = new AtomicInteger();
    upstream.on(
        "/api",
        exchange -> {
          if (attempts.incrementAndGet() == 1) {
            exchange.close();
          } else {
            ScriptedUpstream.json(
                exchange,
                200,
                ScriptedUpstream.response(ScriptedUpstream.body(exchange), call -> call));
          }
        });

    assertThat(proxy.calls("[" + GET + "]").at("/0/0").stringValue()).isEqualTo("Far/get");
    assertThat(attempts).hasValue(2);
  }

  @Test
  void nothingIsWrittenTwice() {
    upstream.on("/api", exchange -> exchange.close());

    JsonNode responses = proxy.calls("[" + GET + "," + SET + "]");

    assertThat(upstream.seen("/api")).hasSize(1);
    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("serverPartialFail");
    assertThat(responses.at("/1/1/description").stringValue()).contains("not known");
  }

  @ParameterizedTest
  @CsvSource({"401", "403"})
  void aRefusedLoginIsNotShownAgainAndAgain(int status) {
    upstream.on("/api", exchange -> ScriptedUpstream.text(exchange, status, "text/plain", ""));

    for (int i = 0; i < 3; i++) {
      JsonNode error = proxy.calls("[" + GET + "]").at("/0/1");
      assertThat(error.path("type").stringValue()).isEqualTo("serverUnavailable");
      assertThat(error.path("description").stringValue()).contains("refuses the login");
    }
    assertThat(upstream.seen("/api")).hasSize(1);
    assertThat(proxy.account.status().phase()).isEqualTo(SyncStatus.Phase.AUTHENTICATION_FAILED);

    proxy.clock.advance(Duration.ofSeconds(31));
    proxy.calls("[" + GET + "]");
    assertThat(upstream.seen("/api")).hasSize(2);
  }

  @Test
  void whoAsksToSlowDownIsLeftAlone() {
    upstream.on(
        "/api",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "20");
          ScriptedUpstream.text(exchange, 429, "text/plain", "");
        });

    proxy.calls("[" + GET + "]");
    JsonNode error = proxy.calls("[" + GET + "]").at("/0/1");

    assertThat(error.path("type").stringValue()).isEqualTo("serverUnavailable");
    assertThat(error.path("description").stringValue()).contains("slow down");
    assertThat(upstream.seen("/api")).hasSize(1);
    proxy.clock.advance(Duration.ofSeconds(21));
    proxy.calls("[" + GET + "]");
    assertThat(upstream.seen("/api")).hasSize(2);
  }

  @Test
  void oneRequestThatFailsDoesNotDelayTheNext() {
    AtomicInteger attempts = new AtomicInteger();
    upstream.on(
        "/api",
        exchange -> {
          if (attempts.incrementAndGet() == 1) {
            ScriptedUpstream.text(exchange, 500, "text/plain", "");
          } else {
            ScriptedUpstream.json(
                exchange,
                200,
                ScriptedUpstream.response(ScriptedUpstream.body(exchange), call -> call));
          }
        });

    assertThat(proxy.calls("[" + SET + "]").at("/0/1/type").stringValue())
        .isEqualTo("serverPartialFail");
    assertThat(proxy.calls("[" + SET + "]").at("/0/0").stringValue()).isEqualTo("Far/set");
  }

  @Test
  void aDeadServerIsNotHammered() {
    upstream.on("/api", exchange -> ScriptedUpstream.text(exchange, 503, "text/plain", ""));

    for (int i = 0; i < 20; i++) {
      assertThat(proxy.calls("[" + SET + "]").at("/0/1/type").stringValue())
          .isEqualTo("serverUnavailable");
    }

    assertThat(upstream.seen("/api").size()).isBetween(3, 6);
    assertThat(proxy.account.status().phase()).isEqualTo(SyncStatus.Phase.UNREACHABLE);
  }

  @Test
  void aServerThatDoesNotAnswerCostsNoMoreThanTheCallsPatience() {
    upstream.close();

    JsonNode error = proxy.calls("[" + SET + "]").at("/0/1");

    assertThat(error.path("type").stringValue()).isEqualTo("serverUnavailable");
    assertThat(error.path("description").stringValue()).contains("cannot be reached");
  }

  @Test
  void tokensAreSentAsTokensAndNeverCutIntoHeaders() {
    proxy.close();
    proxy =
        new TestProxy(
            directory,
            upstream.at("/session"),
            Map.of(),
            Credentials.bearer("ann", "to\r\nX-Evil: 1"));

    JsonNode error = proxy.calls("[" + GET + "]").at("/0/1");

    assertThat(error.path("type").stringValue()).isEqualTo("serverUnavailable");
    assertThat(error.toString()).doesNotContain("Evil");
    assertThat(upstream.seen("/api")).isEmpty();
  }
}
