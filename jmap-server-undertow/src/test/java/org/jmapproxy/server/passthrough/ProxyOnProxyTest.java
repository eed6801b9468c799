package org.jmapproxy.server.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.server.RunningProxy;
import org.jmapproxy.server.StandardParts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A proxy whose upstream is another proxy, which stands before an IMAP server. */
@Timeout(120)
class ProxyOnProxyTest {

  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  @TempDir static Path nearData;
  @TempDir static Path farData;
  private static RunningProxy near;
  private static RunningProxy far;
  private static JmapClient client;

  @BeforeAll
  static void start() {
    dovecot.seed("ann", "INBOX", 5);
    far = RunningProxy.with(farData, Map.of(), StandardParts.backends());
    near = RunningProxy.with(nearData, Map.of(), StandardParts.backends());
    register(
        far,
        "inner",
        "\"username\": \"ann\", \"imapHost\": \"127.0.0.1\", \"imapPort\": %d, \"imapSSL\": 0"
            .formatted(dovecot.imapPort()));
    far.manage("POST", "/api/accounts/inner/sync", "");
    register(
        near,
        "outer",
        "\"username\": \"ann@example.com\", \"sessionUrl\": \"%s\""
            .formatted(far.server().baseUrl()));
    client = new JmapClient(near, "ann@example.com", RealServer.PASSWORD);
  }

  @AfterAll
  static void stop() {
    near.close();
    far.close();
  }

  @Test
  void whatIsWrittenThroughBothIsReadThroughBoth() {
    JsonNode responses =
        client.calls(
            "[['Mailbox/set', {'accountId': 'outer', 'create': {'m': {'name': 'Made far away'}}},"
                + " '1'], ['Email/query', {'accountId': 'outer', 'limit': 1}, '2'], ['Email/get',"
                + " {'accountId': 'outer', 'properties': ['subject'], '#ids': {'resultOf': '2',"
                + " 'name': 'Email/query', 'path': '/ids'}}, '3']]");
    String mailbox = responses.at("/0/1/created/m/id").asString(responses.toString());
    String email = responses.at("/1/1/ids/0").stringValue();
    JsonNode moved =
        client.call(
            "Email/set",
            "outer",
            "'update': {'" + email + "': {'mailboxIds': {'" + mailbox + "': true}}}");

    assertThat(responses.at("/2/1/list")).hasSize(1);
    assertThat(moved.path("updated").has(email)).as(moved.toString()).isTrue();
    assertThat(
            client
                .call("Email/query", "outer", "'filter': {'inMailbox': '" + mailbox + "'}")
                .path("ids"))
        .hasSize(1);
  }

  @Test
  void creationIdsReachFromOneRunIntoTheNext() {
    JsonNode responses =
        client.calls(
            "[['Mailbox/set', {'accountId': 'outer', 'create': {'a': {'name': 'Parent'}}}, '1'],"
                + " ['Core/echo', {}, '2'],"
                + " ['Mailbox/set', {'accountId': 'outer', 'create': {'b': {'name': 'Child',"
                + " 'parentId': '#a'}}}, '3']]");

    assertThat(responses.at("/2/1/created/b").has("id")).as(responses.toString()).isTrue();
  }

  @Test
  void eventsTravelThroughBoth() throws IOException {
    try (JmapClient.Events events = client.events("")) {
      dovecot.seed("ann", "INBOX", 1);
      assertThat(events.awaitLine("\"outer\"", "\"Email\"")).startsWith("data:");
      assertThat(far.manage("GET", "/metrics", "").body())
          .contains("jmap_sse_connections_active 1");
    }
  }

  @Test
  void largeBlobsAndRangesTravelThroughBoth() {
    String large = "0123456789".repeat(300_000);
    HttpResponse<String> up =
        client.send("POST", "/upload/outer", large, "Content-Type", "text/plain");
    JsonNode blob = RunningProxy.json(up);
    String path = "/raw/outer/" + blob.path("blobId").asString(up.body()) + "/x.txt";

    assertThat(up.statusCode()).isEqualTo(201);
    assertThat(blob.path("size").intValue()).isEqualTo(large.length());
    assertThat(client.send("GET", path, "").body()).isEqualTo(large);
    HttpResponse<String> part = client.send("GET", path, "", "Range", "bytes=2999995-");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("56789");
  }

  @Test
  void theLimitsOfTheInnerProxyAreThoseOfTheOuterOne() {
    JsonNode outer = client.session().at("/capabilities/urn:ietf:params:jmap:core");

    assertThat(outer.path("maxObjectsInGet").intValue()).isEqualTo(4096);
    assertThat(client.session().at("/accounts/outer/accountCapabilities").propertyNames())
        .contains("urn:ietf:params:jmap:mail", "urn:ietf:params:jmap:blob");
  }

  private static void register(RunningProxy proxy, String accountId, String where) {
    HttpResponse<String> answer =
        proxy.manage(
            "POST",
            "/api/accounts",
            "{\"accountid\": \"%s\", \"email\": \"ann@example.com\", \"password\": \"%s\", %s}"
                .formatted(accountId, RealServer.PASSWORD, where));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).doesNotContain("warning");
  }
}
