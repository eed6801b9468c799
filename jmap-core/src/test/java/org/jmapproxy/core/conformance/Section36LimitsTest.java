package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.transport.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** RFC 8620 sections 2 and 3.6.1: what is announced is what is enforced. */
class Section36LimitsTest {

  private static final String NOTHING = "{'using': [], 'methodCalls': []}";

  @Test
  void requestOfTheGreatestSizeIsTakenAndOneOctetMoreIsNot() {
    String body = "{\"using\": [], \"methodCalls\": []}";
    TestServer exact = TestServer.with(limits(body.length(), 1, 16));
    TestServer less = TestServer.with(limits(body.length() - 1, 1, 16));

    assertThat(exact.post(body).status()).isEqualTo(200);
    assertThat(less.problem(less.post(body), 400)).isEqualTo(limit("maxSizeRequest"));
  }

  @Test
  void moreCallsThanAnnouncedAreRefusedAsAWhole() {
    TestServer server = TestServer.with(limits(100_000, 1, 2));
    String call = "['Core/echo', {}, 'c']";

    assertThat(calls(server, "[" + call + "," + call + "]")).hasSize(2);
    Answer answer =
        server.post(
            "{'using': ['urn:ietf:params:jmap:core'], 'methodCalls': ["
                + call
                + ","
                + call
                + ","
                + call
                + "]}");
    assertThat(server.problem(answer, 400)).isEqualTo(limit("maxCallsInRequest"));
  }

  @Test
  void requestsBeyondTheLimitWaitAShortWhileAndAreRefused() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TestServer server = TestServer.with(limits(100_000, 1, 16), blocking(inside, release));
    CompletableFuture<JsonNode> first =
        CompletableFuture.supplyAsync(() -> server.calls("[['Test/block', {}, 'c']]"));
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(server.problem(server.post(NOTHING), 400)).isEqualTo(limit("maxConcurrentRequests"));
    release.countDown();

    assertThat(first.get(10, TimeUnit.SECONDS)).hasSize(1);
    assertThat(server.post(NOTHING).status()).isEqualTo(200);
  }

  @Test
  void requestThatGetsItsTurnInTimeIsAnswered() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TestServer server =
        TestServer.with(limits(100_000, 1, 16, Duration.ofSeconds(30)), blocking(inside, release));
    CompletableFuture<JsonNode> first =
        CompletableFuture.supplyAsync(() -> server.calls("[['Test/block', {}, 'c']]"));
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> server.post(NOTHING));

    release.countDown();

    assertThat(second.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(first.get(10, TimeUnit.SECONDS)).hasSize(1);
  }

  private static JsonNode calls(TestServer server, String calls) {
    return server
        .request("{'using': ['urn:ietf:params:jmap:core'], 'methodCalls': " + calls + "}")
        .get("methodResponses");
  }

  private static TestModule blocking(CountDownLatch inside, CountDownLatch release) {
    return new TestModule()
        .method(
            "Test/block",
            (context, arguments) -> {
              inside.countDown();
              try {
                assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return JsonNodeFactory.instance.objectNode();
            });
  }

  private static JsonNode limit(String name) {
    return TestServer.json(
        "{'type': 'urn:ietf:params:jmap:error:limit', 'status': 400,"
            + " 'detail': 'the limit "
            + name
            + " is exceeded', 'limit': '"
            + name
            + "'}");
  }

  private static Limits limits(int size, int concurrent, int calls) {
    return limits(size, concurrent, calls, Duration.ofMillis(20));
  }

  private static Limits limits(int size, int concurrent, int calls, Duration patience) {
    return new Limits(1000, 1, size, concurrent, calls, 10, 10, patience, Duration.ofSeconds(60));
  }
}
