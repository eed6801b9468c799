package org.jmapproxy.server.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.server.RunningProxy;
import org.jmapproxy.server.StandardParts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * One pool of two accounts on a JMAP server ({@code ann}, {@code ben}) and two on an IMAP server
 * ({@code cat}, {@code dan}); {@code eve} is in another pool.
 */
@Timeout(120)
class MixedPoolTest {

  @RegisterExtension static final CyrusServer cyrus = CyrusServer.builder().withHttp().build();

  @TempDir static Path directory;
  private static RunningProxy proxy;
  private static JmapClient client;

  @BeforeAll
  static void start() {
    for (String name : new String[] {"ann", "ben", "cat", "dan", "eve"}) {
      cyrus.connect(name + "@example.test").logout();
      cyrus.seed(name + "@example.test", "INBOX", 2);
    }
    proxy =
        RunningProxy.with(directory, Map.of("JMAP_SYNC_INTERVAL", "1"), StandardParts.backends());
    register("cat", "p", imap());
    register("ann", "p", jmap());
    register("ben", "p", jmap());
    register("dan", "p", imap());
    register("eve", "q", jmap());
    client = new JmapClient(proxy, "cat@example.test", RealServer.PASSWORD);
  }

  @AfterAll
  static void stop() {
    proxy.close();
  }

  @Test
  void oneSessionListsAllAccountsWithTheirOwnCapabilities() {
    JsonNode session = client.session();

    assertThat(session.path("accounts").propertyNames())
        .containsExactlyInAnyOrder("ann", "ben", "cat", "dan");
    String urn = "https://cyrusimap.org/ns/jmap/mail";
    assertThat(session.at("/accounts/ann/accountCapabilities").has(urn)).isTrue();
    assertThat(session.at("/accounts/cat/accountCapabilities").has(urn)).isFalse();
    JsonNode primary = session.path("primaryAccounts");
    assertThat(primary.path("urn:ietf:params:jmap:mail").stringValue()).isEqualTo("cat");
    assertThat(primary.path(urn).stringValue()).isIn("ann", "ben");
  }

  @Test
  void aRequestForBothKindsIsAnsweredInOrderAndMayReferFromOneToTheOther() {
    JsonNode responses =
        client.calls(
            """
            [['Email/query', {'accountId': 'ann', 'limit': 1}, '1'],
             ['Email/query', {'accountId': 'cat', 'limit': 1}, '2'],
             ['Email/get', {'accountId': 'cat', 'properties': ['id'],
               '#ids': {'resultOf': '2', 'name': 'Email/query', 'path': '/ids'}}, '3'],
             ['Email/get', {'accountId': 'ann', 'properties': ['id'],
               '#ids': {'resultOf': '1', 'name': 'Email/query', 'path': '/ids'}}, '4'],
             ['Email/get', {'accountId': 'ben', 'properties': ['id'],
               '#ids': {'resultOf': '2', 'name': 'Email/query', 'path': '/ids'}}, '5'],
             ['Email/query', {'accountId': 'eve'}, '6'],
             ['Nothing/get', {'accountId': 'ann'}, '7']]
            """
                .replaceAll("\\s+", " "));

    assertThat(responses)
        .extracting(one -> one.get(2).stringValue())
        .containsExactly("1", "2", "3", "4", "5", "6", "7");
    assertThat(responses.at("/2/1/list")).hasSize(1);
    assertThat(responses.at("/3/1/list")).hasSize(1);
    assertThat(responses.at("/4/1/list").size() + responses.at("/4/1/notFound").size())
        .isEqualTo(1);
    assertThat(responses.at("/5/1/type").stringValue()).isEqualTo("accountNotFound");
    assertThat(responses.at("/6/1/type").stringValue()).isEqualTo("unknownMethod");
  }

  @ParameterizedTest
  @CsvSource({"ann,ben", "ann,cat", "cat,ann", "cat,dan"})
  void emailsAreCopiedBetweenAnyTwoAccountsAndTheOriginalDestroyedIfAsked(String from, String to) {
    String subject = "From " + from + " to " + to;
    String id =
        client
            .call(
                "Email/set",
                from,
                "'create': {'k': {'subject': '%s', 'mailboxIds': {'%s': true}}}"
                    .formatted(subject, client.inbox(from)))
            .at("/created/k/id")
            .asString();
    String create =
        "'fromAccountId': '%s', 'create': {'k': {'id': '%s', 'mailboxIds': {'%s': true},"
                .formatted(from, id, client.inbox(to))
            + " 'keywords': {'$flagged': true}}}";

    JsonNode copied = client.call("Email/copy", to, create);
    String copy = copied.at("/created/k/id").asString(copied.toString());
    JsonNode seen =
        client
            .call("Email/get", to, "'ids': ['" + copy + "'], 'properties': ['subject', 'keywords']")
            .at("/list/0");
    assertThat(seen.path("subject").asString(copied.toString())).isEqualTo(subject);
    assertThat(seen.path("keywords").has("$flagged")).isTrue();

    client.call("Email/set", to, "'destroy': ['" + copy + "']");
    JsonNode responses =
        client.calls(
            "[['Email/copy', {'accountId': '%s', 'onSuccessDestroyOriginal': true, %s}, 'm']]"
                .formatted(to, create));
    assertThat(responses)
        .extracting(one -> one.get(0).stringValue() + one.get(2).stringValue())
        .containsExactly("Email/copym", "Email/setm");
    assertThat(responses.at("/1/1/accountId").stringValue()).isEqualTo(from);
    assertThat(responses.at("/1/1/destroyed/0").asString(responses.toString())).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"ann,ben", "ann,cat", "cat,ann", "cat,dan"})
  void blobsAreCopiedBetweenAnyTwoAccounts(String from, String to) {
    String text = "a blob for " + to + " " + "x".repeat(200_000);
    HttpResponse<String> up =
        client.send("POST", "/upload/" + from, text, "Content-Type", "text/plain");
    String blobId = RunningProxy.json(up).path("blobId").asString(up.body());

    JsonNode answer =
        client.call(
            "Blob/copy",
            to,
            "'fromAccountId': '" + from + "', 'blobIds': ['" + blobId + "', 'Gno']");

    String copied = answer.path("copied").path(blobId).asString(answer.toString());
    assertThat(client.send("GET", "/raw/" + to + "/" + copied + "/x", "").body()).isEqualTo(text);
    assertThat(answer.path("notCopied").has("Gno")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ann,ann,invalidArguments",
    "ann,eve,fromAccountNotFound",
    "eve,ann,accountNotFound",
    "cat,eve,fromAccountNotFound"
  })
  void copiesThatCannotBeAreRefused(String to, String from, String error) {
    String blobs = "'fromAccountId': '" + from + "', 'blobIds': ['x']";
    String emails = "'fromAccountId': '" + from + "', 'create': {'k': {'id': 'x'}}";

    assertThat(client.call("Blob/copy", to, blobs).path("type").asString()).isEqualTo(error);
    assertThat(client.call("Email/copy", to, emails).path("type").asString()).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource({"ann,cat", "cat,ann"})
  void aStaleStateOfTheSourceStopsACopy(String from, String to) {
    JsonNode refused =
        client.call(
            "Email/copy",
            to,
            "'fromAccountId': '"
                + from
                + "', 'ifFromInState': 'stale', 'create': {'k': {'id': 'x'}}");

    assertThat(refused.path("type").asString()).isEqualTo("stateMismatch");
  }

  @Test
  void oneStreamTellsOfChangesInAllAccounts() throws IOException {
    try (JmapClient.Events events = client.events("")) {
      cyrus.seed("ben@example.test", "INBOX", 1);
      assertThat(events.awaitLine("\"ben\"", "\"Email\"")).startsWith("data:");
      cyrus.seed("dan@example.test", "INBOX", 3);
      assertThat(events.awaitLine("\"dan\"", "\"Email\"")).startsWith("data:");
    }
  }

  @Test
  void whoComesBackIsToldWhatHappenedMeanwhileAtTheUpstream() throws IOException {
    String id;
    try (JmapClient.Events events = client.events("")) {
      String mailbox = client.inbox("ann");
      client.call("Mailbox/set", "ann", "'update': {'" + mailbox + "': {'sortOrder': 7}}");
      id = events.awaitLine("id:").substring(3).strip();
      events.awaitLine("data:");
    }
    cyrus.seed("ann@example.test", "INBOX", 1);
    try (JmapClient.Events events = client.events(id)) {
      assertThat(events.awaitLine("\"ann\"", "\"Email\"")).startsWith("data:");
    }
  }

  @Test
  void anAccountCanLeaveThePoolAndComeBack() {
    assertThat(proxy.manage("PATCH", "/api/accounts/ben", "{\"poolid\":\"ben\"}").statusCode())
        .isEqualTo(200);
    assertThat(client.session().path("accounts").has("ben")).isFalse();
    assertThat(client.call("Email/query", "ben", "").path("type").asString())
        .isEqualTo("accountNotFound");
    JmapClient ben = new JmapClient(proxy, "ben@example.test", RealServer.PASSWORD);
    assertThat(ben.session().path("accounts").propertyNames()).containsExactly("ben");

    proxy.manage("PATCH", "/api/accounts/ben", "{\"poolid\":\"p\"}");
    assertThat(client.session().path("accounts").has("ben")).isTrue();
    assertThat(ben.session().path("accounts").propertyNames()).contains("ann", "cat");
  }

  @Test
  void aDeletedAccountLeavesNothingBehind() {
    cyrus.connect("tmp@example.test").logout();
    register("tmp", "p", jmap());
    assertThat(directory.resolve("tmp.session.json")).exists();

    assertThat(proxy.manage("DELETE", "/api/accounts/tmp", "").statusCode()).isEqualTo(200);

    assertThat(directory.resolve("tmp.session.json")).doesNotExist();
    assertThat(client.session().path("accounts").has("tmp")).isFalse();
  }

  private static String jmap() {
    return "\"sessionUrl\": \"http://127.0.0.1:%d/jmap/\"".formatted(cyrus.httpPort());
  }

  private static String imap() {
    return "\"imapHost\": \"127.0.0.1\", \"imapPort\": %d, \"imapSSL\": 0"
        .formatted(cyrus.imapPort());
  }

  private static void register(String name, String pool, String where) {
    HttpResponse<String> answer =
        proxy.manage(
            "POST",
            "/api/accounts",
            "{\"accountid\": \"%s\", \"email\": \"%s@example.test\", \"password\": \"%s\","
                    .formatted(name, name, RealServer.PASSWORD)
                + "\"poolid\": \"%s\", %s}".formatted(pool, where));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).doesNotContain("warning");
    if (where.contains("imapHost")) {
      assertThat(proxy.manage("POST", "/api/accounts/" + name + "/sync", "").statusCode())
          .isEqualTo(200);
    }
  }
}
