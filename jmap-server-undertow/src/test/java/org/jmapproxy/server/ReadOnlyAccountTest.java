package org.jmapproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.json;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.backend.imap.ImapBackend;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.WatchedConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An account to try the proxy on real mail without risk. */
class ReadOnlyAccountTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final Set<String> HARMLESS =
      Set.of(
          "AUTHENTICATE",
          "LOGIN",
          "CAPABILITY",
          "ID",
          "ENABLE",
          "COMPRESS",
          "NAMESPACE",
          "LIST",
          "LSUB",
          "STATUS",
          "MYRIGHTS",
          "EXAMINE",
          "UNSELECT",
          "NOOP",
          "CHECK",
          "IDLE",
          "DONE",
          "NOTIFY",
          "UID FETCH",
          "UID SEARCH",
          "LOGOUT");

  private final WatchedConnector connector = new WatchedConnector();

  @Test
  void everythingIsReadAndNothingIsChanged(@TempDir Path data) {
    DOVECOT.seed("reader", "INBOX", 5);
    try (RunningProxy proxy = proxy(data)) {
      JsonNode shown = add(proxy, "reader", true);
      assertThat(shown.path("readOnly").booleanValue()).isTrue();

      JsonNode session = json(proxy.jmap("GET", "/session", "", login("reader")));
      assertThat(session.at("/accounts/reader/isReadOnly").booleanValue()).isTrue();
      JsonNode mailboxes = call(proxy, "Mailbox/get", "\"ids\":null").path("list");
      assertThat(mailboxes.size()).isPositive();
      for (JsonNode mailbox : mailboxes) {
        mailbox
            .path("myRights")
            .properties()
            .forEach(
                right ->
                    assertThat(right.getValue().booleanValue())
                        .as(right.getKey())
                        .isEqualTo(right.getKey().equals("mayReadItems")));
      }
      JsonNode ids = call(proxy, "Email/query", "\"limit\":5").path("ids");
      assertThat(ids.size()).isEqualTo(5);
      JsonNode emails =
          call(
              proxy,
              "Email/get",
              "\"properties\":[\"bodyValues\",\"textBody\"],\"fetchTextBodyValues\":true,\"ids\":"
                  + ids);
      assertThat(emails.at("/list/0/bodyValues").size()).as(emails.toString()).isPositive();
      call(proxy, "Email/query", "\"filter\":{\"body\":\"word\"}");
      proxy.manage("POST", "/api/accounts/reader/sync", "");
      assertThat(connector.commands())
          .filteredOn(command -> command.matches("[A-Z].*"))
          .allMatch(ReadOnlyAccountTest::isHarmless)
          .anyMatch(command -> command.startsWith("EXAMINE"))
          .noneMatch(command -> command.contains("BODY[") || command.contains("RFC822.HEADER"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Email/set~\"destroy\":[\"%s\"]",
        "Email/set~\"update\":{\"%s\":{\"keywords/$seen\":true}}",
        "Email/import~\"emails\":{\"k\":{\"blobId\":\"%s\",\"mailboxIds\":{\"x\":true}}}",
        "Mailbox/set~\"create\":{\"k\":{\"name\":\"New\"}}",
        "Mailbox/set~\"update\":{\"x\":{\"isSubscribed\":false}}",
        "Blob/copy~\"fromAccountId\":\"writer\",\"blobIds\":[\"%s\"]"
      })
  void everyWriteIsRefused(String call, @TempDir Path data) {
    DOVECOT.seed("reader", "INBOX", 1);
    try (RunningProxy proxy = proxy(data)) {
      add(proxy, "reader", true);
      String id = call(proxy, "Email/query", "\"limit\":1").at("/ids/0").asString();
      List<String> parts = List.of(call.split("~", 2));
      JsonNode refusal = call(proxy, parts.get(0), parts.get(1).formatted(id));
      assertThat(refusal.path("type").asString()).isEqualTo("accountReadOnly");
    }
  }

  @Test
  void anAccountBecomesWritableAndReadOnlyAgain(@TempDir Path data) {
    DOVECOT.seed("turner", "INBOX", 1);
    try (RunningProxy proxy = proxy(data)) {
      add(proxy, "turner", true);
      proxy.manage("POST", "/api/accounts", "{\"accountid\":\"turner\",\"readOnly\":false}");
      proxy.manage("POST", "/api/accounts/turner/sync", "");
      JsonNode mailboxes = call(proxy, "turner", "Mailbox/get", "\"ids\":null").path("list");
      assertThat(mailboxes.valueStream())
          .anyMatch(mailbox -> mailbox.at("/myRights/mayAddItems").booleanValue());
      assertThat(
              json(proxy.jmap("GET", "/session", "", login("turner")))
                  .at("/accounts/turner/isReadOnly")
                  .booleanValue())
          .isFalse();

      JsonNode refused =
          json(
              proxy.manage(
                  "POST", "/api/accounts", "{\"accountid\":\"turner\",\"readOnly\":\"maybe\"}"));
      assertThat(refused.path("error").asString()).isEqualTo("readOnly must be true or false");
      JsonNode again = add(proxy, "turner", true);
      assertThat(again.path("readOnly").booleanValue()).isTrue();
    }
  }

  private static boolean isHarmless(String command) {
    return HARMLESS.stream().anyMatch(name -> (command + " ").startsWith(name + " "));
  }

  private RunningProxy proxy(Path data) {
    return RunningProxy.with(
        data,
        Map.of("JMAP_SYNC_INTERVAL", "600"),
        surroundings ->
            List.of(
                ImapBackend.builder()
                    .dataDirectory(surroundings.dataDirectory())
                    .networkExecutor(surroundings.network())
                    .storageExecutor(surroundings.storage())
                    .watcherThreads(surroundings.watchers())
                    .timers(surroundings.timer())
                    .changeBus(surroundings.changes())
                    .socketConnector(connector)
                    .build()));
  }

  private static JsonNode add(RunningProxy proxy, String user, boolean readOnly) {
    String body =
        "{\"accountid\":\"%1$s\",\"email\":\"%1$s@example.org\",\"username\":\"%1$s\",\"password\":\"%2$s\",\"imapHost\":\"%3$s\",\"imapPort\":%4$d,\"imapSSL\":0,\"readOnly\":%5$b}"
            .formatted(user, DovecotServer.PASSWORD, DOVECOT.host(), DOVECOT.imapPort(), readOnly);
    JsonNode added = json(proxy.manage("POST", "/api/accounts", body));
    assertThat(added.has("warning")).as(added.toString()).isFalse();
    proxy.manage("POST", "/api/accounts/" + user + "/sync", "");
    return json(proxy.manage("GET", "/api/accounts/" + user, ""));
  }

  private static String[] login(String user) {
    return new String[] {"Authorization", RunningProxy.basic(user, DovecotServer.PASSWORD)};
  }

  private static JsonNode call(RunningProxy proxy, String method, String arguments) {
    return call(proxy, "reader", method, arguments);
  }

  private static JsonNode call(RunningProxy proxy, String user, String method, String arguments) {
    String body =
        """
        {"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:mail"],
         "methodCalls":[["%s",{"accountId":"%s",%s},"0"]]}
        """
            .formatted(method, user, arguments);
    return json(proxy.jmap(
            "POST",
            "/jmap",
            body,
            "Authorization",
            RunningProxy.basic(user, DovecotServer.PASSWORD),
            "Content-Type",
            "application/json"))
        .at("/methodResponses/0/1");
  }
}
