package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Roles;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Accounts whose calls are answered elsewhere: which calls travel together, and how. */
class ForwardingTest {

  private static final String FAR = "urn:far";

  private final EchoingForwarder upstream = new EchoingForwarder(3);
  private final EchoingForwarder other = new EchoingForwarder(16);
  private final TestServer server =
      TestServer.with(
              new TestModule()
                  .method("Test/echo", (context, arguments) -> arguments)
                  .method(
                      "Test/create",
                      (context, arguments) -> {
                        context.created(
                            arguments.get("as").stringValue(),
                            Id.of(arguments.get("id").stringValue()));
                        return arguments;
                      })
                  .responses(
                      "Test/callFar",
                      (context, arguments) ->
                          context.call("Far/inner", arguments.put("accountId", "F"))))
          .account(Account.of(Id.of("L"), "local", Roles.builder().build()))
          .account(forwarded("F", upstream))
          .account(forwarded("G", other));

  @Test
  void consecutiveCallsOfOneAccountTravelTogether() {
    JsonNode responses =
        calls(
            "[['Far/a', {'accountId': 'F'}, '1'], ['Far/b', {'accountId': 'F'}, '2'],"
                + " ['Test/echo', {}, '3'], ['Far/c', {'accountId': 'F'}, '4'],"
                + " ['Far/d', {'accountId': 'G'}, '5'], ['Far/e', {'accountId': 'F'}, '6']]");

    assertThat(responses)
        .extracting(one -> one.get(2).stringValue())
        .containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(upstream.names())
        .containsExactly(List.of("Far/a", "Far/b"), List.of("Far/c"), List.of("Far/e"));
    assertThat(other.names()).containsExactly(List.of("Far/d"));
  }

  @Test
  void runsAreCutAtTheUpstreamsLimit() {
    calls(
        "[['Far/a', {'accountId': 'F'}, '1'], ['Far/b', {'accountId': 'F'}, '2'],"
            + " ['Far/c', {'accountId': 'F'}, '3'], ['Far/d', {'accountId': 'F', '#x': "
            + reference("1", "Far/a", "/accountId")
            + "}, '4']]");

    assertThat(upstream.names())
        .containsExactly(List.of("Far/a", "Far/b", "Far/c"), List.of("Far/d"));
    assertThat(upstream.runs().get(1).calls().get(0).arguments().get("x").stringValue())
        .isEqualTo("F");
  }

  @Test
  void runsAreCutAtTheUpstreamsSize() {
    upstream.takesOctets(200);
    String text = "x".repeat(80);
    calls(
        "[['Far/a', {'accountId': 'F', 't': '%s'}, '1'], ['Far/b', {'accountId': 'F'}, '2'],"
                .formatted(text)
            + " ['Far/c', {'accountId': 'F', 't': '%s'}, '3'], ['Far/d', {'accountId': 'F', 't': '%s'}, '4']]"
                .formatted(text + text + text, text));

    assertThat(upstream.names())
        .containsExactly(List.of("Far/a", "Far/b"), List.of("Far/c"), List.of("Far/d"));
  }

  @Test
  void referencesInsideARunStayAndThoseLeavingItAreResolved() {
    String inside = reference("2", "Far/a", "/ids");
    JsonNode responses =
        calls(
            "[['Test/echo', {'ids': ['i1']}, '1'],"
                + " ['Far/a', {'accountId': 'F', '#ids': "
                + reference("1", "Test/echo", "/ids")
                + "}, '2'], ['Far/b', {'accountId': 'F', '#ids': "
                + inside
                + ", '#more': "
                + reference("1", "Test/echo", "/ids")
                + "}, '3'], ['Test/echo', {'#ids': "
                + inside
                + "}, '4']]");

    List<Invocation> run = upstream.runs().get(0).calls();
    assertThat(run.get(0).arguments())
        .isEqualTo(TestServer.json("{'accountId': 'F', 'ids': ['i1']}"));
    assertThat(run.get(1).arguments())
        .isEqualTo(TestServer.json("{'accountId': 'F', '#ids': " + inside + ", 'more': ['i1']}"));
    assertThat(responses.at("/3/1/ids/0").stringValue()).isEqualTo("i1");
  }

  @Test
  void earlierResponseOfTheSameCallIdCountsBeforeTheRun() {
    calls(
        "[['Test/echo', {'v': 'ours'}, 'c'], ['Far/a', {'accountId': 'F', 'v': 'theirs'}, 'c'],"
            + " ['Far/b', {'accountId': 'F', '#x': "
            + reference("c", "Test/echo", "/v")
            + "}, 'd']]");

    assertThat(upstream.runs()).hasSize(1);
    assertThat(upstream.runs().get(0).calls().get(1).arguments().get("x").stringValue())
        .isEqualTo("ours");
  }

  @Test
  void accountMayBeGivenByReference() {
    calls(
        "[['Test/echo', {'id': 'F'}, '1'], ['Far/a', {'#accountId': "
            + reference("1", "Test/echo", "/id")
            + "}, '2'], ['Far/b', {'accountId': 'F'}, '3']]");

    assertThat(upstream.names()).containsExactly(List.of("Far/a", "Far/b"));
    assertThat(upstream.runs().get(0).calls().get(0).arguments())
        .isEqualTo(TestServer.json("{'accountId': 'F'}"));
  }

  @Test
  void accountReferredToInsideTheRunEndsIt() {
    calls(
        "[['Far/a', {'accountId': 'F'}, '1'], ['Far/b', {'#accountId': "
            + reference("1", "Far/a", "/accountId")
            + "}, '2']]");

    assertThat(upstream.names()).containsExactly(List.of("Far/a"), List.of("Far/b"));
  }

  @Test
  void callWithABadReferenceFailsAloneInItsPlace() {
    JsonNode responses =
        calls(
            "[['Far/a', {'accountId': 'F'}, '1'], ['Far/b', {'accountId': 'F', '#x': "
                + reference("nowhere", "Far/a", "/y")
                + "}, '2'], ['Far/c', {'accountId': 'F'}, '3']]");

    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("invalidResultReference");
    assertThat(upstream.names()).containsExactly(List.of("Far/a"), List.of("Far/c"));
  }

  @Test
  void callsBetweenTwoAccountsAreNotForwarded() {
    JsonNode responses = calls("[['Far/copy', {'fromAccountId': 'L', 'accountId': 'F'}, '1']]");

    assertThat(responses.at("/0/1/type").stringValue()).isEqualTo("unknownMethod");
    assertThat(upstream.runs()).isEmpty();
  }

  @Test
  void usingIsWhatTheRequestUsesAndTheUpstreamOffers() {
    calls("[['Far/a', {'accountId': 'F'}, '1']]");

    assertThat(upstream.runs().get(0).using()).isEqualTo(Set.of(TestServer.CORE, FAR));
  }

  @Test
  void withoutCapabilitiesNothingIsForwarded() {
    JsonNode response =
        server.request("{'using': [], 'methodCalls': [['Far/a', {'accountId': 'F'}, '1']]}");

    assertThat(response.at("/methodResponses/0/1/type").stringValue()).isEqualTo("unknownMethod");
    assertThat(upstream.runs()).isEmpty();
  }

  @Test
  void createdIdsGoUpAndComeBack() {
    upstream.creates(Map.of("k2", "far2"));

    JsonNode response =
        server.request(
            "{'using': ['urn:test', '"
                + FAR
                + "'], 'createdIds': {'k0': 'id0'}, 'methodCalls': ["
                + "['Test/create', {'as': 'k1', 'id': 'id1'}, '1'],"
                + " ['Far/a', {'accountId': 'F'}, '2']]}");

    assertThat(upstream.runs().get(0).createdIds()).isEqualTo(Map.of("k0", "id0", "k1", "id1"));
    assertThat(response.get("createdIds"))
        .isEqualTo(TestServer.json("{'k0': 'id0', 'k1': 'id1', 'k2': 'far2'}"));
  }

  @Test
  void upstreamInTroubleFailsEveryCallOfTheRun() {
    upstream.fails(new BackendException(BackendException.Reason.UNAVAILABLE, "down"));

    JsonNode responses =
        calls(
            "[['Far/a', {'accountId': 'F'}, '1'], ['Far/b', {'accountId': 'F'}, '2'],"
                + " ['Test/echo', {}, '3']]");

    assertThat(responses)
        .isEqualTo(
            TestServer.json(
                "[['error', {'type': 'serverUnavailable', 'description': 'down'}, '1'],"
                    + " ['error', {'type': 'serverUnavailable', 'description': 'down'}, '2'],"
                    + " ['Test/echo', {}, '3']]"));
  }

  @Test
  void callThatTheUpstreamLeavesOutIsAnError() {
    upstream.leavesOut("Far/b");

    JsonNode responses =
        calls("[['Far/a', {'accountId': 'F'}, '1'], ['Far/b', {'accountId': 'F'}, '2']]");

    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("serverFail");
    assertThat(responses.at("/1/2").stringValue()).isEqualTo("2");
  }

  @Test
  void methodsMayCallForwardedAccounts() {
    JsonNode responses = calls("[['Test/callFar', {}, 'z']]");

    assertThat(responses).isEqualTo(TestServer.json("[['Far/inner', {'accountId': 'F'}, 'z']]"));
  }

  @Test
  void inProcessCallsAreForwardedWithAllThatTheUpstreamOffers() {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("accountId", "F");

    List<Invocation> responses =
        server
            .server()
            .call(Principal.of("jane"), List.of(new Invocation("Far/a", arguments, "c")));

    assertThat(responses).extracting(Invocation::name).containsExactly("Far/a");
    assertThat(upstream.runs().get(0).using()).containsExactlyInAnyOrder(TestServer.CORE, FAR);
  }

  @Test
  void capabilityThatNoAccountsUpstreamOffersIsUnknown() {
    server.removeAccounts();

    server.problem(server.post("{'using': ['" + FAR + "'], 'methodCalls': []}"), 400);
  }

  private JsonNode calls(String calls) {
    return server
        .request(
            "{'using': ['"
                + TestServer.CORE
                + "', 'urn:test', '"
                + FAR
                + "'], 'methodCalls': "
                + calls
                + "}")
        .get("methodResponses");
  }

  private static String reference(String resultOf, String name, String path) {
    return "{'resultOf': '" + resultOf + "', 'name': '" + name + "', 'path': '" + path + "'}";
  }

  private static Account forwarded(String id, InvocationForwarder forwarder) {
    return Account.of(
        Id.of(id), id, Roles.builder().with(InvocationForwarder.ROLE, forwarder).build());
  }

  /** Answers every call with its arguments, and remembers the runs. */
  private static final class EchoingForwarder implements InvocationForwarder {

    private final int maxCalls;
    private final List<Run> runs = new ArrayList<>();
    private Map<String, String> created = Map.of();
    private Optional<RuntimeException> failure = Optional.empty();
    private String leftOut = "";
    private long mostOctets = Long.MAX_VALUE;

    EchoingForwarder(int maxCalls) {
      this.maxCalls = maxCalls;
    }

    List<Run> runs() {
      return runs;
    }

    List<List<String>> names() {
      return runs.stream().map(run -> run.calls().stream().map(Invocation::name).toList()).toList();
    }

    void creates(Map<String, String> ids) {
      created = ids;
    }

    void fails(RuntimeException with) {
      failure = Optional.of(with);
    }

    void takesOctets(long most) {
      mostOctets = most;
    }

    @Override
    public long maxSizeRequest() {
      return mostOctets;
    }

    void leavesOut(String name) {
      leftOut = name;
    }

    @Override
    public Map<String, ObjectNode> capabilities() {
      return Map.of(FAR, JsonNodeFactory.instance.objectNode());
    }

    @Override
    public int maxCallsInRequest() {
      return maxCalls;
    }

    @Override
    public Answer forward(CallContext context, Run run) {
      runs.add(run);
      failure.ifPresent(
          one -> {
            throw one;
          });
      return new Answer(
          run.calls().stream().filter(call -> !call.name().equals(leftOut)).toList(), created);
    }
  }
}
