package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.core.conformance.PushServer.A;
import static org.jmapproxy.core.conformance.PushServer.B;
import static org.jmapproxy.core.conformance.PushServer.JANE;

import java.time.Duration;
import java.util.List;
import org.jmapproxy.core.http.HttpHeaders;
import org.jmapproxy.core.types.PushObserver.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is posted to subscriptions, and when (RFC 8620 sections 7.1 and 7.2). */
class Section72PushDeliveryTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  private final PushServer server = new PushServer();

  @Test
  void changesOfAllAccountsAreToldInOneMessage() {
    server.verified("null");
    server.change(A, "Email", "e1");
    server.change(B, "Mailbox", "m1");
    server.change(A, "Email", "e2");
    server.time.pass(SHORT);

    List<RecordingHttp.Sent> sent = server.http.take();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).json())
        .isEqualTo(
            TestServer.json(
                "{'@type': 'StateChange',"
                    + " 'changed': {'A': {'Email': 'e2'}, 'B': {'Mailbox': 'm1'}}}"));
    assertThat(sent.get(0).request().headers().first("TTL")).contains("86400");
    assertThat(sent.get(0).request().headers().first("Topic")).isEmpty();
  }

  @Test
  void nothingIsSentBeforeVerification() {
    server.create(JANE, "{'deviceClientId': 'd', 'url': 'https://push.test/x'}");
    assertThat(server.http.take()).hasSize(1);
    server.change(A, "Email", "e1");
    server.time.pass(Duration.ofDays(1));
    assertThat(server.http.take()).isEmpty();
    assertThat(server.isHeard(A)).isFalse();
  }

  @Test
  void onlyTheTypesOfInterestAreTold() {
    String id = server.verified("['Email', 'EmailDelivery']");
    server.change(A, "Mailbox", "m1");
    server.time.pass(SHORT);
    assertThat(server.http.take()).isEmpty();
    server.change(A, "EmailDelivery", "d1");
    server.change(A, "Mailbox", "m2");
    server.time.pass(SHORT);
    assertThat(changed()).hasToString("{\"A\":{\"EmailDelivery\":\"d1\"}}");

    server.set(JANE, "{'update': {'%s': {'types': null}}}".formatted(id));
    server.change(A, "Mailbox", "m3");
    server.time.pass(Duration.ofSeconds(3));
    assertThat(changed()).hasToString("{\"A\":{\"Mailbox\":\"m3\"}}");
  }

  @Test
  void aStreamOfChangesIsPushedAtMostEveryOtherSecond() {
    server.verified("null");
    for (int i = 0; i < 200; i++) {
      server.change(A, "Email", "e" + i);
      server.time.pass(Duration.ofMillis(50));
    }
    assertThat(server.http.take()).hasSizeBetween(4, 6);
    server.time.pass(Duration.ofSeconds(3));
    assertThat(changed()).hasToString("{\"A\":{\"Email\":\"e199\"}}");
  }

  @Test
  void whatWasToldIsNotToldAgain() {
    server.verified("null");
    server.change(A, "Email", "e1");
    server.time.pass(SHORT);
    assertThat(server.http.take()).hasSize(1);
    server.change(A, "Email", "e1");
    server.time.pass(Duration.ofMinutes(1));
    assertThat(server.http.take()).isEmpty();
  }

  @Test
  void nothingIsSentAfterTheEnd() {
    server.verified("null");
    server.change(A, "Email", "e1");
    server.time.pass(Duration.ofDays(7));
    server.http.take();
    server.change(A, "Email", "e2");
    server.time.pass(Duration.ofDays(1));
    assertThat(server.http.take()).isEmpty();
  }

  /** RFC 8030 section 7.3. */
  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void aSubscriptionThatThePushServiceDoesNotKnowIsDestroyed(int status) {
    server.verified("null");
    server.http.answers(status);
    server.change(A, "Email", "e1");
    server.time.pass(SHORT);
    assertThat(server.get(JANE).get("list")).isEmpty();
    assertThat(server.stored).isEmpty();
    assertThat(server.isHeard(A)).isFalse();
    assertThat(server.outcomes).containsExactly(Outcome.DELIVERED, Outcome.GONE);
  }

  /** Section 7.2: a 429 must reduce the frequency of pushes. */
  @Test
  void aPushServiceThatHasTooMuchIsLeftAlone() {
    server.verified("null");
    server.http.answers(429, HttpHeaders.none().with("Retry-After", "600"));
    server.change(A, "Email", "e1");
    server.time.pass(SHORT);
    assertThat(server.http.take()).hasSize(1);
    server.http.answers(201);
    server.change(A, "Mailbox", "m1");
    server.time.pass(Duration.ofSeconds(599));
    assertThat(server.http.take()).isEmpty();
    server.time.pass(Duration.ofSeconds(1));
    assertThat(changed()).hasToString("{\"A\":{\"Email\":\"e1\",\"Mailbox\":\"m1\"}}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 302, 400, 500})
  void aFailingPushServiceIsAskedLessAndLessOftenAndNothingIsLost(int status) {
    server.verified("null");
    server.http.answers(status);
    server.change(A, "Email", "e1");
    server.time.pass(Duration.ofDays(1));
    assertThat(server.http.take()).hasSizeBetween(20, 40);
    assertThat(server.outcomes).endsWith(Outcome.FAILED);
    server.http.answers(201);
    server.time.pass(Duration.ofHours(1));
    assertThat(changed()).hasToString("{\"A\":{\"Email\":\"e1\"}}");
  }

  @Test
  void aVerifiedSubscriptionKeepsItsAccountsAwakeUntilItEnds() {
    String id = server.verified("null");
    assertThat(server.isHeard(A)).isTrue();
    assertThat(server.leases).containsEntry(JANE.name(), 1);
    server.running().accountChanged(A);
    assertThat(server.leases).containsEntry(JANE.name(), 1);
    server.set(JANE, "{'destroy': ['%s']}".formatted(id));
    assertThat(server.isHeard(A)).isFalse();
    assertThat(server.leases).containsEntry(JANE.name(), 0);
  }

  @Test
  void aRestartKeepsSubscriptions() {
    server.verified("null");
    server.restart();
    assertThat(server.get(JANE).get("list")).hasSize(1);
    assertThat(server.leases).containsEntry(JANE.name(), 1);
    server.change(A, "Email", "e1");
    server.time.pass(SHORT);
    assertThat(changed()).hasToString("{\"A\":{\"Email\":\"e1\"}}");
  }

  /** Section 7.2: subscriptions are destroyed with the credentials that made them. */
  @Test
  void subscriptionsEndWithTheirCredentials() {
    server.verified("null");
    server.running().end(JANE.name());
    assertThat(server.get(JANE).get("list")).isEmpty();
    assertThat(server.stored).isEmpty();
    assertThat(server.isHeard(A)).isFalse();
  }

  private JsonNode changed() {
    List<RecordingHttp.Sent> sent = server.http.take();
    assertThat(sent).hasSize(1);
    return sent.get(0).json().get("changed");
  }
}
