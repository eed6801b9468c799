package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jmapproxy.core.transport.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** RFC 8620 section 3.7. */
class Section37ResultReferencesTest {

  private final TestServer server = TestServer.with(new TestModule().method("Test/nothing"));

  @Test
  void exampleOfTheRfcResolvesStepByStep() throws IOException {
    JsonNode example = resource("3.7-emails-of-threads.json");
    List<JsonNode> received = new ArrayList<>();
    TestModule module = new TestModule();
    example
        .get("responses")
        .forEachEntry(
            (name, response) ->
                module.method(
                    name,
                    (context, arguments) -> {
                      received.add(arguments.deepCopy());
                      return (ObjectNode) response;
                    }));

    TestServer.with(module).calls(example.get("methodCalls").toString());

    assertThat(received.subList(1, 4)).containsExactlyElementsOf(example.get("resolved"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {'a': [1, 2]}                                 | /a            | [1, 2]
          {'a': [1, 2]}                                 |               | {'a': [1, 2]}
          {'a': [1, 2]}                                 | /a/1          | 2
          {'a': {'b': null}}                            | /a/b          | null
          {'': 5}                                       | /             | 5
          {'a/b': 1, 'a~b': 2}                          | /a~1b         | 1
          {'a/b': 1, 'a~b': 2}                          | /a~0b         | 2
          {'~1': 3}                                     | /~01          | 3
          {'*': 4}                                      | /*            | 4
          {'a': []}                                     | /a/*          | []
          {'a': []}                                     | /a/*/b        | []
          {'a': [{'b': 1}, {'b': 2}]}                   | /a/*/b        | [1, 2]
          {'a': [{'b': [1]}, {'b': []}, {'b': [2, 3]}]} | /a/*/b        | [1, 2, 3]
          {'a': [{'b': [[1], [2]]}, {'b': 3}]}          | /a/*/b        | [[1], [2], 3]
          {'a': [{'b': [{'c': 1}]}, {'b': [{'c': 2}]}]} | /a/*/b/*/c    | [1, 2]
          {'a': [[1, 2], [3]]}                          | /a/*/*        | [1, 2, 3]
          {'a': [{'b': {'x': 1}}]}                      | /a/*/b        | [{'x': 1}]
          {'a': [{'b': 1}]}                             | /a/0/b        | 1
          """)
  void pathsLeadToValues(String result, String path, String value) {
    JsonNode responses = refer(result, path == null ? "" : path);

    assertThat(responses.at("/1/1/x")).isEqualTo(TestServer.json(value));
    assertThat(responses.at("/1/1").has("#x")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {'a': [1, 2]}           | a
          {'a': [1, 2]}           | /b
          {'a': [1, 2]}           | /a/2
          {'a': [1, 2]}           | /a/01
          {'a': [1, 2]}           | /a/-1
          {'a': [1, 2]}           | /a/-
          {'a': [1, 2]}           | /a/99999999999
          {'a': [1, 2]}           | /a/0/x
          {'a': [1, 2]}           | /a/**
          {'a': [{'b': 1}, {}]}   | /a/*/b
          {'a': {'b': 1}}         | /a/*
          {'a': 1}                | /a/
          {'a~': 1}               | /a~
          {'a~2': 1}              | /a~2
          """)
  void pathsThatLeadNowhereFailTheCall(String result, String path) {
    JsonNode responses = refer(result, path);

    assertThat(responses.at("/1/0").stringValue()).isEqualTo("error");
    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("invalidResultReference");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resultOf': 'zz', 'name': 'Core/echo', 'path': '/a'}",
        "{'resultOf': 'c1', 'name': 'Core/echo', 'path': '/a'}",
        "{'resultOf': 'c0', 'name': 'Test/nothing', 'path': '/a'}",
        "{'resultOf': 'c0', 'name': 'Core/echo'}",
        "{'resultOf': 'c0', 'name': 7, 'path': '/a'}",
        "{'name': 'Core/echo', 'path': '/a'}",
        "'c0'",
        "null"
      })
  void referencesToWhatIsNotThereFailTheCallAlone(String reference) {
    JsonNode responses =
        calls(
            "[['Core/echo', {'a': 1}, 'c0'], ['Core/echo', {'#x': "
                + reference
                + "}, 'c1'],"
                + " ['Core/echo', {}, 'c2']]");

    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("invalidResultReference");
    assertThat(responses.at("/2/0").stringValue()).isEqualTo("Core/echo");
  }

  @Test
  void argumentGivenTwiceIsInvalid() {
    JsonNode responses =
        calls(
            "[['Core/echo', {'a': 1}, 'c0'], ['Core/echo', {'x': 1, '#x':"
                + " {'resultOf': 'c0', 'name': 'Core/echo', 'path': '/a'}}, 'c1']]");

    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("invalidArguments");
  }

  @Test
  void firstResponseOfACallIdCounts() {
    JsonNode responses =
        calls(
            "[['Core/echo', {'a': 1}, 'c'], ['Core/echo', {'a': 2}, 'c'], ['Core/echo', {'#x':"
                + " {'resultOf': 'c', 'name': 'Core/echo', 'path': '/a'}}, 'd']]");

    assertThat(responses.at("/2/1/x").intValue()).isEqualTo(1);
  }

  @Test
  void failedCallCannotBeReferredTo() {
    JsonNode responses =
        calls(
            "[['Test/unknown', {}, 'c'], ['Core/echo', {'#x':"
                + " {'resultOf': 'c', 'name': 'Test/unknown', 'path': '/type'}}, 'd']]");

    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("invalidResultReference");
  }

  @Test
  void onlyNamesOfArgumentsAreReferences() {
    String call =
        "[['Core/echo', {'a': {'#x': {'resultOf': 'c', 'name': 'n', 'path': '/p'}}}, 'c']]";

    assertThat(calls(call)).isEqualTo(TestServer.json(call));
  }

  @Test
  void methodMayChangeWhatItWasGiven() {
    TestServer changing =
        TestServer.with(
            new TestModule()
                .method(
                    "Test/change",
                    (context, arguments) -> {
                      arguments.withObject("/x").put("b", 2);
                      return arguments;
                    })
                .method("Test/echo", (context, arguments) -> arguments));

    JsonNode responses =
        changing.calls(
            "[['Test/echo', {'a': {'b': 1}}, 'c0'], ['Test/change', {'#x':"
                + " {'resultOf': 'c0', 'name': 'Test/echo', 'path': '/a'}}, 'c1']]");

    assertThat(responses.at("/0/1/a/b").intValue()).isEqualTo(1);
    assertThat(responses.at("/1/1/x/b").intValue()).isEqualTo(2);
  }

  @Test
  void referencesThatDoubleAtEachStepAreStopped() {
    StringBuilder calls = new StringBuilder("[['Core/echo', {'a': ['0123456789']}, 'c0']");
    for (int i = 1; i < 60; i++) {
      String reference = "{'resultOf': 'c" + (i - 1) + "', 'name': 'Core/echo', 'path': ''}";
      calls.append(", ['Core/echo', {'#a': ").append(reference).append(", '#b': ");
      calls.append(reference).append("}, 'c").append(i).append("']");
    }

    Answer answer =
        server.post("{'using': ['urn:ietf:params:jmap:core'], 'methodCalls': " + calls + "]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().length).isLessThan(60_000_000);
    assertThat(TestServer.json(answer).at("/methodResponses/59/1/type").stringValue())
        .isEqualTo("invalidResultReference");
  }

  @Test
  void referencesThatLookAtMuchAndFindNothingAreStopped() {
    String reference = "{'resultOf': 'c0', 'name': 'Core/echo', 'path': '/a/*/*'}";
    StringBuilder calls =
        new StringBuilder("[['Core/echo', {'a': [" + "[],".repeat(200_000) + "[]]}, 'c0']");
    for (int i = 1; i < 20; i++) {
      calls.append(", ['Core/echo', {'#x': ").append(reference).append("}, 'c").append(i);
      calls.append("']");
    }

    JsonNode responses = calls(calls + "]");

    assertThat(responses.at("/1/1/x").isArray()).isTrue();
    assertThat(responses.at("/19/1/type").stringValue()).isEqualTo("invalidResultReference");
  }

  @Test
  void callWithAnAbsurdNumberOfReferencesIsInvalid() {
    StringBuilder references = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      references.append(i == 0 ? "" : ",").append("'#r").append(i).append("': ");
      references.append("{'resultOf': 'c0', 'name': 'Core/echo', 'path': '/a'}");
    }

    JsonNode responses =
        calls("[['Core/echo', {'a': 1}, 'c0'], ['Core/echo', {" + references + "}, 'c1']]");

    assertThat(responses.at("/1/1/type").stringValue()).isEqualTo("invalidArguments");
  }

  private JsonNode refer(String result, String path) {
    return calls(
        "[['Core/echo', "
            + result
            + ", 'c0'], ['Core/echo', {'#x': {'resultOf': 'c0',"
            + " 'name': 'Core/echo', 'path': '"
            + path
            + "'}}, 'c1']]");
  }

  private JsonNode calls(String calls) {
    return server
        .request("{'using': ['urn:ietf:params:jmap:core'], 'methodCalls': " + calls + "}")
        .get("methodResponses");
  }

  private static JsonNode resource(String name) throws IOException {
    try (InputStream in =
        Section37ResultReferencesTest.class.getResourceAsStream("/rfc8620/" + name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    }
  }
}
