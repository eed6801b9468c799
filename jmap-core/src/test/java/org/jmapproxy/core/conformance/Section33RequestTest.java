package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jmapproxy.core.method.Invocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 8620 sections 3.3, 3.4 and 3.6.1: requests, and why they are refused as a whole. */
class Section33RequestTest {

  private static final String PREFIX = "urn:ietf:params:jmap:error:";

  private final TestServer server = TestServer.with(new TestModule().method("Test/nothing"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          []                                                            | not an object
          {'foo': 'bar'}                                                | using is missing
          {'using': [], 'methodCalls': {}}                              | methodCalls is not an array
          {'using': []}                                                 | methodCalls is missing
          {'using': null, 'methodCalls': []}                            | using is not an array
          {'using': 'urn:ietf:params:jmap:core', 'methodCalls': []}     | using is not an array
          {'using': [1], 'methodCalls': []}                             | not a string
          {'using': [], 'methodCalls': [{}]}                            | methodCalls/0
          {'using': [], 'methodCalls': [['a', {}]]}                     | methodCalls/0
          {'using': [], 'methodCalls': [['a', {}, 'c', 1]]}             | methodCalls/0
          {'using': [], 'methodCalls': [['a', {}, 'c'], [1, {}, 'c']]}  | methodCalls/1/0
          {'using': [], 'methodCalls': [['a', [], 'c']]}                | methodCalls/0/1
          {'using': [], 'methodCalls': [['a', null, 'c']]}              | methodCalls/0/1
          {'using': [], 'methodCalls': [['a', {}, 7]]}                  | methodCalls/0/2
          {'using': [], 'methodCalls': [], 'createdIds': []}            | createdIds
          {'using': [], 'methodCalls': [], 'createdIds': {'k': 1}}      | createdIds
          {'using': [], 'methodCalls': [], 'createdIds': {'k': 'a b'}}  | createdIds
          {'using': [], 'methodCalls': [], 'createdIds': {'': 'x'}}     | createdIds
          """)
  void whatIsNoRequestIsRefusedWithTheReason(String body, String reason) {
    JsonNode problem = server.problem(server.post(body), 400);

    assertThat(problem.get("type").stringValue()).isEqualTo(PREFIX + "notRequest");
    assertThat(problem.get("detail").stringValue()).contains(reason);
  }

  @Test
  void brokenJsonIsNotJson() {
    JsonNode problem = server.problem(server.post("{'using': ["), 400);

    assertThat(problem.get("type").stringValue()).isEqualTo(PREFIX + "notJSON");
  }

  @Test
  void unknownMembersOfTheRequestAreIgnored() {
    assertThat(server.request("{'using': [], 'methodCalls': [], 'future': {'x': 1}}")).hasSize(2);
  }

  @Test
  void oneUnknownCapabilityRefusesTheRequest() {
    JsonNode problem =
        server.problem(
            server.post(
                "{'using': ['urn:test', 'urn:other'], 'methodCalls': [['Test/nothing', {}, 'a']]}"),
            400);

    assertThat(problem.get("type").stringValue()).isEqualTo(PREFIX + "unknownCapability");
    assertThat(problem.get("detail").stringValue()).contains("urn:other");
  }

  @Test
  void withoutCapabilitiesEveryMethodIsUnknown() {
    JsonNode response =
        server.request(
            "{'using': [], 'methodCalls': [['Core/echo', {}, 'a'], ['Test/nothing', {}, 'b']]}");

    assertThat(response.get("methodResponses"))
        .isEqualTo(
            TestServer.json(
                "[['error', {'type': 'unknownMethod'}, 'a'],"
                    + " ['error', {'type': 'unknownMethod'}, 'b']]"));
  }

  @Test
  void methodNeedsItsOwnCapability() {
    JsonNode response =
        server.request("{'using': ['urn:test'], 'methodCalls': [['Core/echo', {}, 'a']]}");

    assertThat(response.at("/methodResponses/0/1/type").stringValue()).isEqualTo("unknownMethod");
  }

  @Test
  void createdIdsComeBackOnlyIfTheyWereSent() {
    JsonNode without = server.request("{'using': [], 'methodCalls': []}");
    JsonNode with = server.request("{'using': [], 'methodCalls': [], 'createdIds': {'k1': 'id1'}}");

    assertThat(without.has("createdIds")).isFalse();
    assertThat(with.get("createdIds")).isEqualTo(TestServer.json("{'k1': 'id1'}"));
  }

  @Test
  void emptyCreatedIdsComeBackEmpty() {
    JsonNode response = server.request("{'using': [], 'methodCalls': [], 'createdIds': {}}");

    assertThat(response.get("createdIds").isObject()).isTrue();
  }

  @Test
  void exampleOfTheRfcIsAnsweredInOrder() {
    TestServer example =
        TestServer.with(
            new TestModule()
                .method("method1", (context, arguments) -> object("{'arg1': 3, 'arg2': 'foo'}"))
                .responses(
                    "method2",
                    (context, arguments) ->
                        List.of(
                            invocation("method2", "{'isBlah': true}"),
                            invocation(
                                "anotherResponseFromMethod2",
                                "{'data': 10, 'yetmoredata': 'Hello'}"))));

    JsonNode responses =
        example.calls(
            "[['method1', {'arg1': 'arg1data', 'arg2': 'arg2data'}, 'c1'],"
                + " ['method2', {'arg1': 'arg1data'}, 'c2'], ['method3', {}, 'c3']]");

    assertThat(responses)
        .isEqualTo(
            TestServer.json(
                "[['method1', {'arg1': 3, 'arg2': 'foo'}, 'c1'],"
                    + " ['method2', {'isBlah': true}, 'c2'],"
                    + " ['anotherResponseFromMethod2', {'data': 10, 'yetmoredata': 'Hello'}, 'c2'],"
                    + " ['error', {'type': 'unknownMethod'}, 'c3']]"));
  }

  @Test
  void sessionStateStandsInEveryResponse() {
    String state =
        server.request("{'using': [], 'methodCalls': []}").get("sessionState").stringValue();

    assertThat(state).isNotEmpty();
  }

  @Test
  void longCapabilityNamesAreNotRepeatedInFull() {
    String body = "{'using': ['" + "x".repeat(5000) + "'], 'methodCalls': []}";

    assertThat(server.post(body).body().length).isLessThan(600);
  }

  @Test
  void emptyBodyIsNotJson() {
    JsonNode problem = server.problem(server.raw("".getBytes(StandardCharsets.UTF_8)), 400);

    assertThat(problem.get("type").stringValue()).isEqualTo(PREFIX + "notJSON");
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) TestServer.json(json);
  }

  private static Invocation invocation(String name, String json) {
    return new Invocation(name, object(json), "");
  }
}
