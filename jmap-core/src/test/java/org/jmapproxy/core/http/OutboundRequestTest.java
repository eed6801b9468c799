package org.jmapproxy.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundRequestTest {

  private static final ResponseBounds BOUNDS = ResponseBounds.ofOctets(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.com/",
        "/path",
        "mailto:a@example.com",
        "https:///path",
        "https://user:secret@example.com/",
        "https://example.com/#fragment"
      })
  void addressesThatCannotBeAskedAreRefusedWithoutRepeatingThem(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutboundRequest.of("GET", URI.create(uri), BOUNDS))
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Other: b", "a\nb", "a\u0000b", "\u20ac"})
  void valuesThatWouldBeginAnotherFieldAreRefused(String value) {
    OutboundRequest request = OutboundRequest.of("GET", URI.create("https://a.test/"), BOUNDS);
    assertThatIllegalArgumentException().isThrownBy(() -> request.header("X-One", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\n", "Host", "content-length", "Transfer-Encoding"})
  void namesThatAreNoneOrTheClientsOwnAreRefused(String name) {
    OutboundRequest request = OutboundRequest.of("GET", URI.create("https://a.test/"), BOUNDS);
    assertThatIllegalArgumentException().isThrownBy(() -> request.header(name, "value"));
  }

  @Test
  void secretsAreNotShown() {
    OutboundRequest request =
        OutboundRequest.of("GET", URI.create("https://a.test/secret?secret"), BOUNDS)
            .header("Authorization", "secret");
    assertThat(request.toString()).isEqualTo("GET https://a.test");
    assertThat(request.headers().toString()).isEqualTo("[Authorization]");
  }
}
