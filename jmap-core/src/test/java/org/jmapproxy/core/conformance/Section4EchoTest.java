package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** RFC 8620 section 4. */
class Section4EchoTest {

  private final TestServer server = TestServer.with();

  @Test
  void echoReturnsItsArguments() {
    assertThat(calls("[['Core/echo', {'hello': true, 'high': 5}, 'b3ff']]"))
        .isEqualTo(TestServer.json("[['Core/echo', {'hello': true, 'high': 5}, 'b3ff']]"));
  }

  @Test
  void echoKeepsNullsNestingAndEmptyObjects() {
    String call = "[['Core/echo', {'a': null, 'b': {'c': [1, 'x', {}]}, 'd': 1.5}, '']]";

    assertThat(calls(call)).isEqualTo(TestServer.json(call));
  }

  private JsonNode calls(String calls) {
    return server
        .request("{'using': ['" + TestServer.CORE + "'], 'methodCalls': " + calls + "}")
        .get("methodResponses");
  }
}
