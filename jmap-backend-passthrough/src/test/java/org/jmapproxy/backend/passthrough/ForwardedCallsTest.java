package org.jmapproxy.backend.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jmapproxy.core.method.Invocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an upstream is sent, and what of its answers reaches clients. */
class ForwardedCallsTest {

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
  void accountIdsAreTranslatedWhereTheyAreAccountIdsAndNowhereElse() {
    String arguments = "'accountId': 'ann', 'ids': ['ann', 'u'], 'text': 'ann and u', 'ann': 1";
    JsonNode responses = proxy.calls("[['Far/get', {" + arguments + "}, 'ann']]");

    JsonNode sent = upstream.seen("/api").get(0).body().at("/methodCalls/0");
    assertThat(sent.get(1))
        .isEqualTo(TestProxy.json("{" + arguments.replaceFirst("'ann'", "'u'") + "}"));
    assertThat(sent.get(2).stringValue()).isEqualTo("ann");
    assertThat(responses.at("/0/1")).isEqualTo(TestProxy.json("{" + arguments + "}"));
  }

  /** RFC 9670 sections 2.1 and 3.2. */
  @Test
  void accountIdsOfPrincipalsAreTranslatedAndForeignAccountsLeftOut() {
    upstream.answers(
        call ->
            answer(
                call,
                "{'accountId': 'u', 'list': [{'id': 'u', 'accounts': {'u': {'name': 'u'}, 'ann':"
                    + " {}}, 'capabilities': {'x': {'accountId': 'u'}}}]}"));

    JsonNode principal =
        proxy.calls("[['Principal/get', {'accountId': 'ann'}, '1']]").at("/0/1/list/0");

    assertThat(principal)
        .isEqualTo(
            TestProxy.json(
                "{'id': 'u', 'accounts': {'ann': {'name': 'u'}},"
                    + " 'capabilities': {'x': {'accountId': 'ann'}}}"));
  }

  @Test
  void accountIdsInFiltersOfShareNotificationsAreTranslated() {
    proxy.calls(
        "[['ShareNotification/query', {'accountId': 'ann', 'filter': {'operator': 'NOT',"
            + " 'conditions': [{'objectAccountId': 'ann', 'objectType': 'ann'}]}}, '1']]");

    assertThat(upstream.seen("/api").get(0).body().at("/methodCalls/0/1/filter/conditions/0"))
        .isEqualTo(TestProxy.json("{'objectAccountId': 'u', 'objectType': 'ann'}"));
  }

  @Test
  void theUpstreamIsSentItsOwnCapabilitiesAlone() {
    proxy.request(
        "{'using': ['urn:ietf:params:jmap:core', 'urn:example:far'],"
            + " 'methodCalls': [['Far/get', {'accountId': 'ann'}, '1']]}");

    assertThat(upstream.seen("/api").get(0).body().path("using"))
        .extracting(JsonNode::stringValue)
        .containsExactlyInAnyOrder("urn:ietf:params:jmap:core", "urn:example:far");
  }

  @Test
  void theSessionHasTheUpstreamsCapabilitiesAndTheSmallerLimits() {
    JsonNode session = proxy.session();

    assertThat(session.at("/accounts/ann/accountCapabilities/urn:example:far/most").intValue())
        .isEqualTo(5);
    assertThat(session.path("capabilities").path("urn:example:far"))
        .isEqualTo(TestProxy.json("{'far': true}"));
    assertThat(session.path("capabilities").has("urn:ietf:params:jmap:websocket")).isFalse();
    assertThat(session.at("/capabilities/urn:ietf:params:jmap:core/maxObjectsInGet").intValue())
        .isEqualTo(7);
    assertThat(session.at("/capabilities/urn:ietf:params:jmap:core/maxCallsInRequest").intValue())
        .isEqualTo(64);
  }

  @Test
  void longRequestsAreDividedAndReferencesStillWork() {
    upstream.answers(
        call -> answer(call, "{'accountId': 'u', 'ids': ['from-" + call.callId() + "']}"));
    JsonNode responses =
        proxy.calls(
            "[['Far/query', {'accountId': 'ann'}, '0'], ['Far/query', {'accountId': 'ann'}, '1'],"
                + " ['Far/query', {'accountId': 'ann'}, '2'], ['Far/query', {'accountId': 'ann'},"
                + " '3'], ['Far/get', {'accountId': 'ann', '#ids': {'resultOf': '3', 'name':"
                + " 'Far/query', 'path': '/ids'}}, '4']]");

    assertThat(upstream.seen("/api")).hasSize(2);
    assertThat(upstream.seen("/api").get(1).body().at("/methodCalls/0/1/ids/0").stringValue())
        .isEqualTo("from-3");
    assertThat(responses).hasSize(5);
  }

  @Test
  void largeRequestsAreDividedAndLargerCallsRefused() {
    String text = "x".repeat(60_000);
    proxy.calls(
        "[['Far/a', {'accountId': 'ann', 't': '"
            + text
            + "'}, '0'],"
            + " ['Far/b', {'accountId': 'ann', 't': '"
            + text
            + "'}, '1']]");
    JsonNode refused =
        proxy.calls("[['Far/c', {'accountId': 'ann', 't': '" + text + text + "'}, '0']]");

    assertThat(upstream.seen("/api")).hasSize(2);
    assertThat(refused.at("/0/1/type").stringValue()).isEqualTo("requestTooLarge");
  }

  @Test
  void createdIdsGoUpAndComeBack() {
    upstream.answers(call -> answer(call, "{'accountId': 'u', 'created': {'k': {'id': 'new1'}}}"));
    JsonNode answer =
        proxy.request(
            "{'using': ['urn:ietf:params:jmap:core', 'urn:example:far'], 'createdIds': {'old':"
                + " 'o1'}, 'methodCalls': [['Far/set', {'accountId': 'ann'}, '1'], ['Core/echo',"
                + " {}, '2'], ['Far/set', {'accountId': 'ann'}, '3']]}");

    assertThat(upstream.seen("/api").get(1).body().path("createdIds"))
        .isEqualTo(TestProxy.json("{'old': 'o1', 'k': 'new1'}"));
    assertThat(answer.path("createdIds")).isEqualTo(TestProxy.json("{'old': 'o1', 'k': 'new1'}"));
  }

  @Test
  void noMoreRequestsAreUnderWayThanTheUpstreamAllows() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    upstream.on(
        "/api",
        exchange -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          JsonNode answer =
              ScriptedUpstream.response(ScriptedUpstream.body(exchange), call -> call);
          for (long until = System.nanoTime() + 30_000_000; System.nanoTime() < until; ) {
            Thread.onSpinWait();
          }
          now.decrementAndGet();
          ScriptedUpstream.json(exchange, 200, answer);
        });
    List<CompletableFuture<JsonNode>> answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> proxy.calls("[['Far/get', {'accountId': 'ann'}, '1']]")))
            .toList();

    assertThat(answers)
        .allSatisfy(one -> assertThat(one.join().at("/0/0").stringValue()).isEqualTo("Far/get"));
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void aChangedSessionIsFetchedAndShown() {
    ObjectNode changed = ScriptedUpstream.session("s2");
    ((ObjectNode) changed.at("/accounts/u/accountCapabilities")).putObject("urn:example:new");
    upstream.session(changed);
    upstream.on(
        "/api",
        exchange ->
            ScriptedUpstream.json(
                exchange,
                200,
                ScriptedUpstream.response(ScriptedUpstream.body(exchange), call -> call)
                    .put("sessionState", "s2")));
    String before = proxy.session().path("state").stringValue();

    proxy.calls("[['Far/get', {'accountId': 'ann'}, '1']]");

    Eventually.holds(
        () -> proxy.session().at("/accounts/ann/accountCapabilities").has("urn:example:new"));
    assertThat(proxy.session().path("state").stringValue()).isNotEqualTo(before);
  }

  @Test
  void aSessionStateThatNeverAgreesIsNoReasonToAskEachTime() {
    upstream.on(
        "/api",
        exchange ->
            ScriptedUpstream.json(
                exchange,
                200,
                ScriptedUpstream.response(ScriptedUpstream.body(exchange), call -> call)
                    .put("sessionState", "other")));
    for (int i = 0; i < 5; i++) {
      proxy.calls("[['Far/get', {'accountId': 'ann'}, '1']]");
    }
    Eventually.holds(() -> upstream.seen("/session").size() >= 2);

    assertThat(upstream.seen("/session")).hasSize(2);
  }

  @Test
  void whatWasKeptIsLookedAfterWhenTheServerAnswersAgain() {
    proxy.close();
    ObjectNode changed = ScriptedUpstream.session("s1");
    ((ObjectNode) changed.at("/accounts/u/accountCapabilities")).putObject("urn:example:new");
    upstream.session(changed);

    proxy = new TestProxy(directory, upstream.at("/session"), Map.of());
    proxy.calls("[['Far/get', {'accountId': 'ann'}, '1']]");

    Eventually.holds(
        () -> proxy.session().at("/accounts/ann/accountCapabilities").has("urn:example:new"));
  }

  @Test
  void whatTheAccountCanDoIsKnownWithoutItsServer() {
    proxy.close();
    upstream.close();

    proxy = new TestProxy(directory, upstream.at("/session"), Map.of());

    assertThat(proxy.session().at("/accounts/ann/accountCapabilities").has("urn:example:far"))
        .isTrue();
    JsonNode answer = proxy.calls("[['Far/get', {'accountId': 'ann'}, '1']]");
    assertThat(answer.at("/0/1/type").stringValue()).isEqualTo("serverUnavailable");
  }

  private static Invocation answer(Invocation call, String arguments) {
    return new Invocation(call.name(), (ObjectNode) TestProxy.json(arguments), call.callId());
  }
}
