package org.jmapproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.json;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The mail server stops taking the password that is stored here. */
class PasswordChangedTest {
  private static final String OLD = DovecotServer.PASSWORD;
  private static final String NEW = "changed";

  @RegisterExtension
  static final DovecotServer DOVECOT =
      DovecotServer.builder()
          .configuration("passdb {\n  driver = static\n  args = password=" + NEW + "\n}")
          .build();

  @Test
  void theUserReadsOnAndTheNextLoginWithTheNewPasswordRepairsIt(@TempDir Path data) {
    DOVECOT.seed("ann", "INBOX", 3);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        RunningProxy proxy = proxy(data)) {
      add(proxy, meddling, "ann");
      refuseOldPassword(proxy, meddling, "ann");

      int before = logins(meddling);
      for (int i = 0; i < 10; i++) {
        assertThat(unread(proxy, OLD)).isEqualTo(3);
        assertThat(errorOfWrite(proxy, OLD)).isEqualTo("serverUnavailable");
      }
      assertThat(logins(meddling) - before).isLessThanOrEqualTo(1);

      assertThat(unread(proxy, NEW)).isEqualTo(3);
      awaitRecovery(proxy, "ann");
      assertThat(errorOfWrite(proxy, NEW)).isEmpty();
      assertThat(proxy.jmap("GET", "/session", "", login(OLD)).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void theOperatorMayGiveTheNewPassword(@TempDir Path data) {
    DOVECOT.seed("ann", "INBOX", 1);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        RunningProxy proxy = proxy(data)) {
      add(proxy, meddling, "ann");
      refuseOldPassword(proxy, meddling, "ann");
      var answer =
          proxy.manage(
              "POST", "/api/accounts", "{\"accountid\":\"ann\",\"password\":\"" + NEW + "\"}");
      assertThat(json(answer).has("warning")).as(answer.body()).isFalse();
      proxy.manage("POST", "/api/accounts/ann/sync", "");
      awaitRecovery(proxy, "ann");
    }
  }

  private static RunningProxy proxy(Path data) {
    return RunningProxy.with(data, Map.of(), StandardParts.backends());
  }

  private static void add(RunningProxy proxy, MeddlingProxy meddling, String user) {
    var answer =
        proxy.manage(
            "POST",
            "/api/accounts",
            """
            {"accountid":"%s","email":"%s@example.com","username":"%s","password":"%s",
             "imapHost":"127.0.0.1","imapPort":%d,"imapSSL":0}"""
                .formatted(user, user, user, OLD, meddling.port()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(proxy.manage("POST", "/api/accounts/" + user + "/sync", "").statusCode())
        .isEqualTo(200);
  }

  private static void refuseOldPassword(RunningProxy proxy, MeddlingProxy meddling, String user) {
    String response =
        Base64.getEncoder()
            .encodeToString(("\0" + user + "\0" + OLD).getBytes(StandardCharsets.UTF_8));
    meddling.answer(
        "AUTHENTICATE PLAIN " + Pattern.quote(response),
        "$ NO [AUTHENTICATIONFAILED] wrong password\r\n");
    meddling.cut();
    ImapProxy.await(
        "refused",
        () -> {
          proxy.manage("POST", "/api/accounts/" + user + "/sync", "");
          return account(proxy, user).path("syncState").asString().equals("authentication_failed");
        });
    assertThat(proxy.manage("POST", "/api/accounts/" + user + "/sync", "").statusCode())
        .isEqualTo(500);
    assertThat(account(proxy, user).path("syncError").asString()).contains("wrong password");
  }

  private static JsonNode account(RunningProxy proxy, String user) {
    return json(proxy.manage("GET", "/api/accounts/" + user, ""));
  }

  private static void awaitRecovery(RunningProxy proxy, String user) {
    ImapProxy.await(
        "recovered",
        () -> {
          JsonNode account = account(proxy, user);
          return !account.path("syncState").asString().equals("authentication_failed")
              && account.path("syncError").isNull();
        });
  }

  private static int logins(MeddlingProxy meddling) {
    return (int)
        meddling.commands().stream()
            .filter(command -> command.startsWith("AUTHENTICATE") || command.startsWith("LOGIN"))
            .count();
  }

  private static int unread(RunningProxy proxy, String password) {
    return call(proxy, password, "Email/query", "\"filter\":{\"notKeyword\":\"$seen\"}")
        .path("ids")
        .size();
  }

  /** The error type, empty if it was written. */
  private static String errorOfWrite(RunningProxy proxy, String password) {
    String id = call(proxy, password, "Email/query", "\"limit\":1").at("/ids/0").asString();
    JsonNode answer =
        call(
            proxy,
            password,
            "Email/set",
            "\"update\":{\"" + id + "\":{\"keywords/written\":true}}");
    return answer.at("/notUpdated/" + id + "/type").asString("");
  }

  private static JsonNode call(
      RunningProxy proxy, String password, String method, String arguments) {
    String request =
        "{\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\"],"
            + "\"methodCalls\":[[\""
            + method
            + "\",{\"accountId\":\"ann\","
            + arguments
            + "},\"c\"]]}";
    var answer = proxy.jmap("POST", "/jmap", request, login(password));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/methodResponses/0/1");
  }

  private static String[] login(String password) {
    return new String[] {
      "Authorization", RunningProxy.basic("ann", password), "Content-Type", "application/json"
    };
  }
}
