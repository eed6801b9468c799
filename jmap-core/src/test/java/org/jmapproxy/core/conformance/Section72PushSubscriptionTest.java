package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.PushServer.JANE;
import static org.jmapproxy.core.conformance.PushServer.JOHN;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** PushSubscription/get and /set (RFC 8620 section 7.2). */
class Section72PushSubscriptionTest {

  private static final String PLAIN = "{'deviceClientId': 'd', 'url': 'https://push.test/x'}";

  private final PushServer server = new PushServer();

  /** Section 7.2.3. */
  @Test
  void theExampleOfTheRfcIsAnsweredAsItSays() {
    JsonNode none = server.call(JANE, "PushSubscription/get", "{'ids': null}");
    assertThat(none).isEqualTo(TestServer.json("{'list': [], 'notFound': []}"));

    JsonNode set =
        server.set(
            JANE,
            "{'create': {'4f29': {'deviceClientId': 'a889-ffea-910', 'types': null,"
                + " 'url': 'https://example.com/push/?device=X8980fc&client=12c6d086'}}}");
    JsonNode created = set.at("/created/4f29");
    assertThat(created.get("expires").asString()).isEqualTo("2018-07-13T02:14:29Z");
    assertThat(set.has("accountId")).isFalse();
    assertThat(set.has("oldState")).isFalse();
    assertThat(set.has("newState")).isFalse();
    String id = created.get("id").asString();

    var sent = server.http.take();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).request().method()).isEqualTo("POST");
    assertThat(sent.get(0).request().uri())
        .hasToString("https://example.com/push/?device=X8980fc&client=12c6d086");
    assertThat(sent.get(0).request().headers().first("Content-Type")).contains("application/json");
    assertThat(sent.get(0).request().headers().first("TTL")).contains("86400");
    assertThat(sent.get(0).json().get("@type").asString()).isEqualTo("PushVerification");
    assertThat(sent.get(0).json().get("pushSubscriptionId").asString()).isEqualTo(id);
    String code = sent.get(0).json().get("verificationCode").asString();
    assertThat(code).hasSizeGreaterThanOrEqualTo(22);

    assertThat(server.get(JANE).at("/list/0/verificationCode").isNull()).isTrue();
    JsonNode verified =
        server.set(JANE, "{'update': {'%s': {'verificationCode': '%s'}}}".formatted(id, code));
    assertThat(verified.at("/updated/" + id).isNull()).isTrue();

    server.time.pass(Duration.ofDays(2));
    JsonNode extended =
        server.set(JANE, "{'update': {'%s': {'expires': '2018-08-13T00:00:00Z'}}}".formatted(id));
    assertThat(extended.at("/updated/" + id + "/expires").asString())
        .isEqualTo("2018-07-15T02:14:29Z");
    assertThat(server.get(JANE))
        .isEqualTo(
            TestServer.json(
                "{'list': [{'id': '%s', 'deviceClientId': 'a889-ffea-910',".formatted(id)
                    + "'verificationCode': '%s', 'expires': '2018-07-15T02:14:29Z',".formatted(code)
                    + "'types': null}], 'notFound': []}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "keys"})
  void askingForASecretIsForbidden(String property) {
    JsonNode response =
        server.response(
            JANE, "PushSubscription/get", "{'ids': [], 'properties': ['id', '" + property + "']}");
    assertThat(response.get(0).asString()).isEqualTo("error");
    assertThat(response.get(1).get("type").asString()).isEqualTo("forbidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'accountId': 'A'", "'ifInState': 's'"})
  void thereIsNeitherAccountNorState(String argument) {
    JsonNode response = server.response(JANE, "PushSubscription/set", "{" + argument + "}");
    assertThat(response.get(1).get("type").asString()).isEqualTo("invalidArguments");
  }

  @Test
  void thereIsNoOtherMethod() {
    JsonNode response = server.response(JANE, "PushSubscription/changes", "{'sinceState': 's'}");
    assertThat(response.get(1).get("type").asString()).isEqualTo("unknownMethod");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url              | {'deviceClientId': 'd'}",
        "deviceClientId   | {'url': 'https://push.test/x'}",
        "deviceClientId   | {'deviceClientId': '', 'url': 'https://push.test/x'}",
        "url              | {'deviceClientId': 'd', 'url': 'http://push.test/x'}",
        "url              | {'deviceClientId': 'd', 'url': 'ftp://push.test/x'}",
        "url              | {'deviceClientId': 'd', 'url': 'https:///x'}",
        "url              | {'deviceClientId': 'd', 'url': '/x'}",
        "url              | {'deviceClientId': 'd', 'url': 'https://a b/'}",
        "url              | {'deviceClientId': 'd', 'url': 'https://user:pw@push.test/'}",
        "url              | {'deviceClientId': 'd', 'url': 'https://localhost/x'}",
        "url              | {'deviceClientId': 'd', 'url': 'https://127.0.0.1/x'}",
        "url              | {'deviceClientId': 'd', 'url': 'https://10.1.2.3:8443/x'}",
        "url              | {'deviceClientId': 'd', 'url': 'https://169.254.169.254/latest'}",
        "url              | {'deviceClientId': 'd', 'url': 'https://[::1]/x'}",
        "url              | {'deviceClientId': 'd', 'url': 'https://[fd00::1]/x'}",
        "verificationCode | {'deviceClientId': 'd', 'url': 'https://p.test/', 'verificationCode': 'a'}",
        "expires          | {'deviceClientId': 'd', 'url': 'https://p.test/', 'expires': '2018-07-06T02:14:29Z'}",
        "expires          | {'deviceClientId': 'd', 'url': 'https://p.test/', 'expires': 'tomorrow'}",
        "types            | {'deviceClientId': 'd', 'url': 'https://p.test/', 'types': 'Email'}",
        "types            | {'deviceClientId': 'd', 'url': 'https://p.test/', 'types': [1]}",
        "keys             | {'deviceClientId': 'd', 'url': 'https://p.test/', 'keys': 'k'}",
        "keys             | {'deviceClientId': 'd', 'url': 'https://p.test/', 'keys': {'p256dh': 'a', 'auth': 'b'}}",
        "id               | {'deviceClientId': 'd', 'url': 'https://p.test/', 'id': 'mine'}",
        "other            | {'deviceClientId': 'd', 'url': 'https://p.test/', 'other': 1}"
      })
  void whatCannotBeCreatedIsRefusedByNameAndNothingIsSent(String property, String subscription) {
    JsonNode error = server.create(JANE, subscription).at("/notCreated/k");
    assertThat(error.get("type").asString()).isEqualTo("invalidProperties");
    assertThat(error.get("properties").toString()).isEqualTo("[\"" + property + "\"]");
    assertThat(error.get("description").asString()).doesNotContain("pw@");
    assertThat(server.http.take()).isEmpty();
    assertThat(server.stored).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "keys", "deviceClientId"})
  void whatIsImmutableStaysAsItIs(String property) {
    String id = server.create(JANE, PLAIN).at("/created/k/id").asString();
    String value = property.equals("keys") ? "{}" : "'https://elsewhere.test/'";
    JsonNode set =
        server.set(JANE, "{'update': {'%s': {'%s': %s}}}".formatted(id, property, value));
    JsonNode error = set.at("/notUpdated/" + id);
    assertThat(error.get("type").asString()).isEqualTo("invalidProperties");
    assertThat(error.get("properties").toString()).isEqualTo("[\"" + property + "\"]");
    assertThat(set.toString()).doesNotContain("push.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'guess'", "''", "1"})
  void aWrongCodeIsRefused(String code) {
    String id = server.create(JANE, PLAIN).at("/created/k/id").asString();
    JsonNode error =
        server
            .set(JANE, "{'update': {'%s': {'verificationCode': %s}}}".formatted(id, code))
            .at("/notUpdated/" + id);
    assertThat(error.get("type").asString()).isEqualTo("invalidProperties");
    assertThat(error.get("properties").toString()).isEqualTo("[\"verificationCode\"]");
    assertThat(server.get(JANE).at("/list/0/verificationCode").isNull()).isTrue();
  }

  @Test
  void anAcceptedCodeCannotBeTakenBack() {
    String id = server.verified("null");
    JsonNode set = server.set(JANE, "{'update': {'%s': {'verificationCode': null}}}".formatted(id));
    assertThat(set.at("/notUpdated/" + id + "/type").asString()).isEqualTo("invalidProperties");
  }

  @Test
  void anExpiryWithinTheLimitIsKept() {
    JsonNode created =
        server.create(
            JANE,
            "{'deviceClientId': 'd', 'url': 'https://p.test/', 'expires': '2018-07-08T00:00:00Z'}");
    assertThat(created.at("/created/k").has("expires")).isFalse();
    assertThat(server.get(JANE).at("/list/0/expires").asString()).isEqualTo("2018-07-08T00:00:00Z");
  }

  @Test
  void anExpiryTooFarAwayIsShortenedToSevenDays() {
    JsonNode created =
        server.create(
            JANE,
            "{'deviceClientId': 'd', 'url': 'https://p.test/', 'expires': '2030-01-01T00:00:00Z'}");
    assertThat(created.at("/created/k/expires").asString()).isEqualTo("2018-07-13T02:14:29Z");
    String id = created.at("/created/k/id").asString();
    server.time.pass(Duration.ofHours(1));
    JsonNode set = server.set(JANE, "{'update': {'%s': {'expires': null}}}".formatted(id));
    assertThat(set.at("/updated/" + id + "/expires").asString()).isEqualTo("2018-07-13T03:14:29Z");
  }

  @Test
  void whatHasExpiredIsGoneAndErased() {
    String id = server.create(JANE, PLAIN).at("/created/k/id").asString();
    server.running().start();
    server.time.pass(Duration.ofDays(7));
    assertThat(server.call(JANE, "PushSubscription/get", "{'ids': ['" + id + "']}"))
        .isEqualTo(TestServer.json("{'list': [], 'notFound': ['" + id + "']}"));
    server.time.pass(Duration.ofMinutes(1));
    assertThat(server.stored).isEmpty();
  }

  /** Section 7.2: only subscriptions created by these credentials are returned. */
  @Test
  void nobodyElseSeesOrChangesASubscription() {
    String id = server.create(JANE, PLAIN).at("/created/k/id").asString();
    assertThat(server.get(JOHN).get("list")).isEmpty();
    assertThat(server.call(JOHN, "PushSubscription/get", "{'ids': ['" + id + "']}").get("notFound"))
        .hasSize(1);
    JsonNode set =
        server.set(JOHN, "{'update': {'%s': {'types': []}}, 'destroy': ['other']}".formatted(id));
    assertThat(set.at("/notUpdated/" + id + "/type").asString()).isEqualTo("notFound");
    set = server.set(JOHN, "{'destroy': ['%s']}".formatted(id));
    assertThat(set.at("/notDestroyed/" + id + "/type").asString()).isEqualTo("notFound");
    assertThat(server.get(JANE).get("list")).hasSize(1);
  }

  @Test
  void aDestroyedSubscriptionIsErased() {
    String id = server.create(JANE, PLAIN).at("/created/k/id").asString();
    JsonNode set = server.set(JANE, "{'destroy': ['%s']}".formatted(id));
    assertThat(set.get("destroyed").toString()).isEqualTo("[\"" + id + "\"]");
    assertThat(server.stored).isEmpty();
    assertThat(server.get(JANE).get("list")).isEmpty();
  }

  /** Section 8.6: subscriptions are a way to have a server post to somebody else. */
  @Test
  void thereIsAnEndToMakingSubscriptions() {
    for (int i = 0; i < 20; i++) {
      server.create(JANE, PLAIN);
    }
    assertThat(server.create(JANE, PLAIN).at("/notCreated/k/type").asString())
        .isEqualTo("overQuota");
    assertThat(server.create(JOHN, PLAIN).at("/created/k").isObject()).isTrue();
    for (int i = 0; i < 60; i++) {
      server
          .get(JANE)
          .get("list")
          .forEach(one -> server.set(JANE, "{'destroy': ['" + one.get("id").asString() + "']}"));
      server.create(JANE, PLAIN);
    }
    assertThat(server.create(JANE, PLAIN).at("/notCreated/k/type").asString())
        .isEqualTo("rateLimit");
    assertThat(server.http.take()).hasSize(61);
    server.time.pass(Duration.ofHours(1));
    assertThat(server.create(JANE, PLAIN).at("/created/k").isObject()).isTrue();
  }
}
