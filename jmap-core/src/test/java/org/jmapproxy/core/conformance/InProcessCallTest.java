package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Calls without a request around them, and what observers hear of calls. */
class InProcessCallTest {

  private final TestServer server =
      TestServer.with(
          new TestModule()
              .method("Test/echo", (context, arguments) -> arguments)
              .method(
                  "Test/create",
                  (context, arguments) -> {
                    context.created("k", Id.of("id1"));
                    return arguments;
                  })
              .method(
                  "Test/resolve",
                  (context, arguments) ->
                      arguments.put(
                          "id", context.creationIds().apply(arguments.get("id").stringValue()))));

  @Test
  void callsMayReferToEachOther() {
    List<Invocation> responses =
        call(
            invocation("Test/echo", "{'ids': [1, 2]}", "a"),
            invocation(
                "Core/echo",
                "{'#x': {'resultOf': 'a', 'name': 'Test/echo', 'path': '/ids'}}",
                "b"));

    assertThat(responses.get(1).arguments()).isEqualTo(TestServer.json("{'x': [1, 2]}"));
    assertThat(responses.get(1).callId()).isEqualTo("b");
  }

  @Test
  void creationIdsHoldForLaterCallsOnly() {
    List<Invocation> responses =
        call(
            invocation("Test/resolve", "{'id': '#k'}", "a"),
            invocation("Test/create", "{}", "b"),
            invocation("Test/resolve", "{'id': '#k'}", "c"),
            invocation("Test/resolve", "{'id': 'k'}", "d"));

    assertThat(responses)
        .filteredOn(one -> one.name().equals("Test/resolve"))
        .extracting(one -> one.arguments().get("id").stringValue())
        .containsExactly("#k", "id1", "k");
  }

  @Test
  void numberOfCallsIsNotLimited() {
    Invocation[] many =
        IntStream.range(0, 1000)
            .mapToObj(i -> invocation("Core/echo", "{}", "c" + i))
            .toArray(Invocation[]::new);

    assertThat(call(many)).hasSize(1000);
  }

  @Test
  void failureIsAResponseToo() {
    List<Invocation> responses = call(invocation("Test/unknown", "{}", "a"));

    assertThat(responses.get(0).isError()).isTrue();
    assertThat(responses.get(0).arguments().get("type").stringValue()).isEqualTo("unknownMethod");
  }

  @Test
  void observerHearsOfEveryCall() {
    List<String> heard = new ArrayList<>();
    JmapServer observed =
        JmapServer.builder()
            .observer((method, error, duration) -> heard.add(told(method, error, duration)))
            .build();

    var responses =
        observed.call(
            TestServer.JANE,
            List.of(invocation("Core/echo", "{}", "a"), invocation("No/such", "{}", "b")));

    assertThat(responses).hasSize(2);
    assertThat(heard).containsExactly("Core/echo", "No/such unknownMethod");
  }

  private static String told(String method, Optional<String> error, Duration duration) {
    assertThat(duration).isPositive();
    return method + error.map(type -> " " + type).orElse("");
  }

  private List<Invocation> call(Invocation... calls) {
    return server.server().call(TestServer.JANE, List.of(calls));
  }

  private static Invocation invocation(String name, String arguments, String callId) {
    return new Invocation(name, (ObjectNode) TestServer.json(arguments), callId);
  }
}
