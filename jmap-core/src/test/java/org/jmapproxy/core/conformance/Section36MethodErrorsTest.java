package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** RFC 8620 section 3.6.2: one call fails, the others are answered. */
class Section36MethodErrorsTest {

  @Test
  void failedCallLeavesTheOthersAlone() {
    TestServer server =
        TestServer.with(
            failing(new MethodException(MethodError.invalidArgument("x", "is wrong")))
                .method("Test/fine"));

    assertThat(server.calls("[['Test/fail', {}, 'a'], ['Test/fine', {}, 'b']]"))
        .isEqualTo(
            TestServer.json(
                "[['error', {'type': 'invalidArguments', 'description': 'x: is wrong',"
                    + " 'arguments': ['x']}, 'a'], ['Test/fine', {}, 'b']]"));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, serverUnavailable",
    "AUTHENTICATION_LOST, serverUnavailable",
    "RATE_LIMITED, serverUnavailable",
    "GONE, accountNotFound",
    "OVER_QUOTA, overQuota",
    "BROKEN, serverFail"
  })
  void failuresOfBackendsHaveTheirErrors(BackendException.Reason reason, String type) {
    TestServer server = TestServer.with(failing(new BackendException(reason, "no luck")));

    assertThat(error(server).get("type").stringValue()).isEqualTo(type);
  }

  @Test
  void defectTellsTheClientAReferenceAndNothingElse() {
    TestServer server = TestServer.with(failing(new IllegalStateException("secret internals")));

    JsonNode error = error(server);

    assertThat(error.get("type").stringValue()).isEqualTo("serverFail");
    assertThat(error.get("description").stringValue())
        .startsWith("internal error, reference ")
        .doesNotContain("secret");
  }

  @Test
  void endlessRecursionFailsOnlyTheCall() {
    TestServer server =
        TestServer.with(
            new TestModule()
                .method(
                    "Test/fail",
                    (context, arguments) -> {
                      throw new StackOverflowError();
                    })
                .method("Test/fine"));

    JsonNode responses = server.calls("[['Test/fail', {}, 'a'], ['Test/fine', {}, 'b']]");

    assertThat(responses.at("/0/1/type").stringValue()).isEqualTo("serverFail");
    assertThat(responses.at("/1/0").stringValue()).isEqualTo("Test/fine");
  }

  @Test
  void methodThatCallsItselfForEverIsStopped() {
    TestServer server =
        TestServer.with(
            new TestModule()
                .responses(
                    "Test/again", (context, arguments) -> context.call("Test/again", arguments)));

    assertThat(server.calls("[['Test/again', {}, 'a']]").at("/0/1/type").stringValue())
        .isEqualTo("serverFail");
  }

  @Test
  void methodWithoutResponseIsADefect() {
    TestServer server =
        TestServer.with(
            new TestModule().responses("Test/silent", (context, arguments) -> List.of()));

    assertThat(server.calls("[['Test/silent', {}, 'a']]").at("/0/1/type").stringValue())
        .isEqualTo("serverFail");
  }

  @Test
  void implicitCallsAnswerUnderTheSameCallId() {
    TestServer server =
        TestServer.with(
            new TestModule()
                .method("Test/inner")
                .responses(
                    "Test/outer", (context, arguments) -> context.call("Test/inner", arguments)));

    assertThat(server.calls("[['Test/outer', {}, 'z']]"))
        .isEqualTo(TestServer.json("[['Test/inner', {}, 'z']]"));
  }

  private static JsonNode error(TestServer server) {
    JsonNode response = server.calls("[['Test/fail', {}, 'a']]").get(0);
    assertThat(response.get(0).stringValue()).isEqualTo("error");
    return response.get(1);
  }

  private static TestModule failing(RuntimeException failure) {
    return new TestModule()
        .method(
            "Test/fail",
            (context, arguments) -> {
              throw failure;
            });
  }
}
