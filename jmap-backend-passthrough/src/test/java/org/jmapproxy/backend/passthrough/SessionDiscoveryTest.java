package org.jmapproxy.backend.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.error.BackendException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** How the session of an upstream is found, and where the login is sent. */
class SessionDiscoveryTest {

  @TempDir Path directory;
  private ScriptedUpstream upstream;
  private ScriptedUpstream elsewhere;

  @BeforeEach
  void start() {
    upstream = new ScriptedUpstream();
    elsewhere = new ScriptedUpstream();
  }

  @AfterEach
  void stop() {
    upstream.close();
    elsewhere.close();
  }

  @Test
  void aServersAddressMeansItsWellKnownOneAndRedirectsAreFollowed() {
    redirect("/.well-known/jmap", "/session/here");

    assertThat(identity(upstream.at("/"), Map.of())).isEqualTo(upstream.at("/api") + " u ann");
    assertThat(upstream.seen())
        .extracting(ScriptedUpstream.Seen::path)
        .containsExactly("/.well-known/jmap", "/session/here");
  }

  @Test
  void aRedirectElsewhereIsRefusedAndTheLoginNotSent() {
    redirect("/.well-known/jmap", elsewhere.at("/session"));

    assertThatThrownBy(() -> identity(upstream.at("/"), Map.of()))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("redirects to " + elsewhere.at(""))
        .hasMessageContaining("trustedOrigins");
    assertThat(elsewhere.seen()).isEmpty();
  }

  @Test
  void aRedirectToATrustedServerIsFollowed() {
    redirect("/.well-known/jmap", elsewhere.at("/session"));

    assertThat(identity(upstream.at("/"), Map.of("trustedOrigins", elsewhere.at("/"))))
        .isEqualTo(elsewhere.at("/api") + " u ann");
  }

  @Test
  void aSessionWhoseAddressesLeadElsewhereIsRefused() {
    ObjectNode session = ScriptedUpstream.session("s1");
    session.put("downloadUrl", elsewhere.at("/down/{accountId}/{blobId}"));
    upstream.session(session);

    assertThatThrownBy(() -> identity(upstream.at("/session"), Map.of()))
        .hasMessageContaining("names addresses at " + elsewhere.at(""));
    assertThat(identity(upstream.at("/session"), Map.of("trustedOrigins", elsewhere.at(""))))
        .isNotEmpty();
  }

  @Test
  void redirectsThatGoRoundInCirclesEnd() {
    redirect("/.well-known/jmap", "/.well-known/jmap");

    assertThatThrownBy(() -> identity(upstream.at("/"), Map.of()))
        .hasMessageContaining("too often");
    assertThat(upstream.seen()).hasSize(6);
  }

  @Test
  void whatIsNoSessionIsRefusedWithAReason() {
    upstream.on(
        "/session", exchange -> ScriptedUpstream.text(exchange, 200, "text/html", "<html>"));
    assertThatThrownBy(() -> identity(upstream.at("/session"), Map.of()))
        .hasMessageContaining("no JSON");
    upstream.on("/session", exchange -> ScriptedUpstream.text(exchange, 404, "text/plain", "no"));
    assertThatThrownBy(() -> identity(upstream.at("/session"), Map.of()))
        .hasMessageContaining("404");
    assertThatThrownBy(() -> identity("ftp://example.com/", Map.of()))
        .hasMessageContaining("sessionUrl");
  }

  @Test
  void anotherAccountOfTheSessionCanBeMeant() {
    ObjectNode session = ScriptedUpstream.session("s1");
    ((ObjectNode) session.path("accounts")).putObject("shared").put("name", "shared");
    upstream.session(session);

    assertThat(identity(upstream.at("/session"), Map.of("upstreamAccountId", "shared")))
        .endsWith(" shared ann");
    assertThatThrownBy(() -> identity(upstream.at("/session"), Map.of("upstreamAccountId", "none")))
        .hasMessageContaining("no account none");
  }

  @Test
  void onlyAPasswordIsTriedForSomebodyWhoLogsIn() {
    try (TestProxy proxy = new TestProxy(directory, upstream.at("/session"), Map.of())) {
      assertThat(accepts(proxy, Credentials.password("ann", "new"))).isTrue();
      assertThat(accepts(proxy, Credentials.bearer("ann", "token-of-another-user"))).isFalse();
      upstream.on("/session", exchange -> ScriptedUpstream.text(exchange, 401, "text/plain", ""));
      assertThat(accepts(proxy, Credentials.password("ann", "wrong"))).isFalse();
    }
  }

  private boolean accepts(TestProxy proxy, Credentials credentials) {
    return proxy.backend.accepts(
        TestProxy.configuration(upstream.at("/session"), Map.of(), credentials));
  }

  private String identity(String sessionUrl, Map<String, String> settings) {
    try (TestProxy proxy = new TestProxy(directory, upstream.at("/session"), Map.of())) {
      return proxy
          .backend
          .identify(
              TestProxy.configuration(sessionUrl, settings, Credentials.password("ann", "secret")))
          .orElseThrow();
    }
  }

  private void redirect(String from, String to) {
    upstream.on(
        from,
        exchange -> {
          exchange.getResponseHeaders().set("Location", to);
          ScriptedUpstream.text(exchange, 301, "text/plain", "");
        });
  }
}
