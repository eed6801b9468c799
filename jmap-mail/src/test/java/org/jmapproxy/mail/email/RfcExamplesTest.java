package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.jmapproxy.mail.testkit.Example;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The examples of RFC 8621, with messages that fit them. The sort names no collation, as none is
 * announced.
 */
class RfcExamplesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.6-mailboxes",
        "4.2.1-email-get",
        "4.4.2-sort",
        "4.10-first-login",
        "4.10-drafts",
        "5.2-snippets"
      })
  void theExamplesOfTheRfcAreAnsweredAsItSays(String name) throws IOException {
    try (InputStream in =
        RfcExamplesTest.class.getResourceAsStream(
            "/org/jmapproxy/mail/rfc8621/" + name + ".json")) {
      assertThat(in).as(name).isNotNull();
      JsonNode example = JsonMapper.shared().readTree(in);
      new Example().run(example);
    }
  }
}
