package org.jmapproxy.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.basic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import org.jmapproxy.server.FakeBackend;
import org.jmapproxy.server.RunningProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in, over real sockets. */
class BasicAuthenticationTest {

  @TempDir Path data;

  @ParameterizedTest
  @CsvSource({
    "alice@example.com, pass:word, 200",
    "ALICE@example.com, pass:word, 200",
    "alice, pass:word, 200",
    "alice, pass, 401",
    "alice, pass:word2, 401",
    "nobody, pass:word, 401",
    "alice, '', 401",
    "'', pass:word, 401"
  })
  void theStoredPasswordOpens(String user, String password, int status) {
    try (RunningProxy proxy = RunningProxy.in(data)) {
      proxy.addAccount("alice", "pass:word");
      assertThat(login(proxy, basic(user, password))).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({"Bearer abc", "Basic", "Basic !!!", "Basic YWxpY2U=", "basic"})
  void whatIsNoBasicCredentialsIsRefused(String header) {
    try (RunningProxy proxy = RunningProxy.in(data)) {
      assertThat(login(proxy, header)).isEqualTo(401);
    }
  }

  @Test
  void passwordsAreUtf8() {
    try (RunningProxy proxy = RunningProxy.in(data)) {
      proxy.addAccount("alice", "pässwörd");
      assertThat(login(proxy, basic("alice", "pässwörd"))).isEqualTo(200);
      String latin =
          Base64.getEncoder()
              .encodeToString("alice:pässwörd".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(login(proxy, "Basic " + latin)).isEqualTo(401);
    }
  }

  @Test
  void aDeadMailServerLocksNobodyOut() {
    try (RunningProxy proxy = RunningProxy.in(data)) {
      proxy.manage(
          "POST",
          "/api/accounts",
          "{\"accountid\":\"alice\",\"email\":\"a@example.com\",\"password\":\"secret\",\"imapHost\":\""
              + FakeBackend.DEAD_HOST
              + "\"}");
      assertThat(login(proxy, basic("alice", "secret"))).isEqualTo(200);
      assertThat(login(proxy, basic("alice", "wrong"))).isEqualTo(401);
    }
  }

  @Test
  void aPasswordThatTheServerAcceptsIsKept() {
    try (RunningProxy proxy = RunningProxy.in(data)) {
      proxy.addAccount("alice", "old");
      assertThat(login(proxy, basic("alice", FakeBackend.SERVER_PASSWORD))).isEqualTo(200);
      assertThat(login(proxy, basic("alice", "old"))).isEqualTo(401);
      proxy.manage("POST", "/api/accounts/alice/sync", "");
      assertThat(proxy.backend.log)
          .contains("login as alice@example.com with " + FakeBackend.SERVER_PASSWORD);
    }
    try (RunningProxy restarted = RunningProxy.in(data)) {
      assertThat(login(restarted, basic("alice", FakeBackend.SERVER_PASSWORD))).isEqualTo(200);
      assertThat(restarted.backend.log).doesNotContain("login alice");
    }
  }

  @Test
  void sealedPasswordsWorkAndAreNotOnDisk() throws IOException {
    Map<String, String> sealed = Map.of("JMAP_SECRET_KEY", "a long passphrase");
    try (RunningProxy proxy = RunningProxy.in(data, sealed)) {
      proxy.addAccount("alice", "do-not-store-me");
      assertThat(login(proxy, basic("alice", "do-not-store-me"))).isEqualTo(200);
    }
    try (var files = Files.list(data)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain("do-not-store-me");
      }
    }
  }

  @Test
  void guessingIsSlowedDownAndTheRightPasswordStillWorks() {
    try (RunningProxy proxy = RunningProxy.in(data)) {
      proxy.addAccount("alice", "secret");
      assertThat(IntStream.range(0, 20).map(i -> login(proxy, basic("alice", "guess" + i))))
          .contains(401, 429);
      assertThat(proxy.backend.log.stream().filter("login alice"::equals).count())
          .isLessThanOrEqualTo(6);
      assertThat(login(proxy, basic("alice", "secret"))).isEqualTo(200);
    }
  }

  @Test
  void aChangedPasswordAndADeletedAccountEndRememberedLogins() {
    try (RunningProxy proxy = RunningProxy.in(data)) {
      proxy.addAccount("alice", "first");
      assertThat(login(proxy, basic("alice", "first"))).isEqualTo(200);
      proxy.addAccount("alice", "second");
      assertThat(login(proxy, basic("alice", "first"))).isEqualTo(401);
      assertThat(login(proxy, basic("alice", "second"))).isEqualTo(200);
      proxy.manage("DELETE", "/api/accounts/alice", "");
      assertThat(login(proxy, basic("alice", "second"))).isEqualTo(401);
    }
  }

  private static int login(RunningProxy proxy, String header) {
    return proxy.jmap("GET", "/session", "", "Authorization", header).statusCode();
  }
}
