package org.jmapproxy.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.testkit.HttpEndpoint;
import org.jmapproxy.server.RunningProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Push subscriptions over HTTP (RFC 8620 section 7.2), with a push service on loopback. */
class PushTest {

  private static final Map<String, String> OPEN =
      Map.of("JMAP_PUSH_ALLOW_PRIVATE", "1", "JMAP_PUSH_ALLOW_HTTP", "1");

  @TempDir private Path data;
  private PushEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    endpoint = new PushEndpoint();
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void aVerifiedSubscriptionIsToldOfChanges() {
    try (RunningProxy proxy = proxy(OPEN)) {
      PushClient alice = alice(proxy);
      alice.subscribe(endpoint);
      awaitListening(proxy);
      publish(proxy, "Email", "7");
      endpoint.awaitState("alice", "Email", "7");
      assertThat(endpoint.heads()).containsOnly("POST /push/secret-path 86400 application/json");
      assertThat(proxy.manage("GET", "/metrics", "").body())
          .contains("jmap_push_subscriptions 1\n")
          .contains("jmap_push_delivered_total");
    }
  }

  @Test
  void anUnverifiedOneGetsTheVerificationAlone() {
    try (RunningProxy proxy = proxy(OPEN)) {
      PushClient alice = alice(proxy);
      String silent = alice.create(endpoint.url()).at("/created/k/id").asString();
      endpoint.code(silent);
      try (PushEndpoint other = new PushEndpoint()) {
        alice.subscribe(other);
        awaitListening(proxy);
        publish(proxy, "Email", "7");
        other.awaitState("alice", "Email", "7");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      assertThat(endpoint.received()).hasSize(1);
    }
  }

  @Test
  void anotherUserNeitherSeesNorChangesIt() {
    try (RunningProxy proxy = proxy(OPEN)) {
      String id = alice(proxy).subscribe(endpoint);
      proxy.addAccount("bob", "secret");
      PushClient bob = new PushClient(proxy, "bob", "secret");
      assertThat(bob.list()).isEmpty();
      assertThat(bob.set("{'destroy': ['" + id + "']}").at("/notDestroyed/" + id + "/type"))
          .hasToString("\"notFound\"");
      assertThat(alice(proxy).list()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://localhost/x",
        "https://192.168.0.1/x",
        "http://push.example/x"
      })
  void addressesOutsideThePublicInternetAndWithoutTlsAreRefused(String url) {
    try (RunningProxy proxy = proxy(Map.of())) {
      assertThat(alice(proxy).create(url).at("/notCreated/k/properties")).hasToString("[\"url\"]");
    }
  }

  /** The account is opened again, kept awake, and listened to. */
  @Test
  void aRestartKeepsItAndItsSecretsAreSealed() throws IOException {
    Map<String, String> sealed = new HashMap<>(OPEN);
    sealed.put("JMAP_SECRET_KEY", "a passphrase");
    try (RunningProxy proxy = proxy(sealed)) {
      alice(proxy).subscribe(endpoint);
    }
    Path file = data.resolve("push.sqlite3");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("secret-path");
    try (RunningProxy proxy = RunningProxy.in(data, sealed)) {
      awaitListening(proxy);
      publish(proxy, "Mailbox", "8");
      endpoint.awaitState("alice", "Mailbox", "8");
      assertThat(new PushClient(proxy, "alice", "secret").list()).hasSize(1);
    }
  }

  @Test
  void whatIsDestroyedIsErasedAndTheAccountMaySleep() throws IOException {
    try (RunningProxy proxy = proxy(OPEN)) {
      PushClient alice = alice(proxy);
      String id = alice.subscribe(endpoint);
      awaitListening(proxy);
      alice.set("{'destroy': ['" + id + "']}");
      await(() -> !proxy.backend.changes.hasListeners(Id.of("alice")));
      assertThat(alice.list()).isEmpty();
    }
    String file = Files.readString(data.resolve("push.sqlite3"), StandardCharsets.ISO_8859_1);
    assertThat(file).doesNotContain("secret-path");
  }

  /** RFC 8620 section 7.2: it ends with the credentials that made it. */
  @Test
  void anotherPasswordEndsIt() {
    try (RunningProxy proxy = proxy(OPEN)) {
      alice(proxy).subscribe(endpoint);
      proxy.addAccount("alice", "secret");
      assertThat(alice(proxy).list()).hasSize(1);
      proxy.addAccount("alice", "another");
      assertThat(new PushClient(proxy, "alice", "another").list()).isEmpty();
    }
  }

  @Test
  void itEndsWithItsAccount() {
    try (RunningProxy proxy = proxy(OPEN)) {
      alice(proxy).subscribe(endpoint);
      proxy.manage("DELETE", "/api/accounts/alice", "");
      await(() -> !proxy.backend.changes.hasListeners(Id.of("alice")));
      proxy.addAccount("alice", "secret");
      assertThat(alice(proxy).list()).isEmpty();
    }
  }

  /** Changed settings close the account; who listens opens it again. */
  @Test
  void anAccountThatIsOpenedAnewIsKeptAwakeAgain() {
    try (RunningProxy proxy = proxy(OPEN)) {
      alice(proxy).subscribe(endpoint);
      awaitListening(proxy);
      proxy.addAccount("alice", "secret");
      await(() -> leases(proxy) == 1);
      publish(proxy, "Email", "9");
      endpoint.awaitState("alice", "Email", "9");
    }
  }

  @Test
  void aPushServiceThatDoesNotAnswerDelaysNobodyElse() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (HttpEndpoint stuck = new HttpEndpoint(exchange -> end.await(60, TimeUnit.SECONDS));
        RunningProxy proxy = proxy(OPEN)) {
      proxy.addAccount("bob", "secret");
      PushClient bob = new PushClient(proxy, "bob", "secret");
      for (int i = 0; i < 10; i++) {
        bob.create(stuck.uri("/").toString());
      }
      alice(proxy).subscribe(endpoint);
      awaitListening(proxy);
      publish(proxy, "Email", "7");
      endpoint.awaitState("alice", "Email", "7");
      end.countDown();
    }
  }

  private RunningProxy proxy(Map<String, String> variables) {
    RunningProxy proxy = RunningProxy.in(data, variables);
    proxy.addAccount("alice", "secret");
    return proxy;
  }

  private static PushClient alice(RunningProxy proxy) {
    return new PushClient(proxy, "alice", "secret");
  }

  private static void awaitListening(RunningProxy proxy) {
    await(() -> proxy.backend.changes.hasListeners(Id.of("alice")));
  }

  private static long leases(RunningProxy proxy) {
    return proxy.backend.log.stream().filter("lease alice"::equals).count()
        - proxy.backend.log.stream().filter("release alice"::equals).count();
  }

  private static void publish(RunningProxy proxy, String type, String state) {
    proxy.backend.changes.publish(new StateChange(Id.of("alice"), Map.of(type, State.of(state))));
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
