package org.jmapproxy.server.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.server.RunningProxy;
import org.jmapproxy.server.StandardParts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An account on a real JMAP server that is not ours. */
class CyrusUpstreamTest {

  private static final String USER = "ann@example.test";

  @RegisterExtension static final CyrusServer cyrus = CyrusServer.builder().withHttp().build();

  @TempDir static Path directory;
  private static RunningProxy proxy;

  @BeforeAll
  static void start() {
    cyrus.connect(USER).logout();
    cyrus.seed(USER, "INBOX", 3);
    proxy = RunningProxy.with(directory, Map.of(), StandardParts.backends());
    HttpResponse<String> answer = register("ann", "ann@here.test");
    assertThat(answer.body()).contains("\"accountid\":\"ann\"");
    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    proxy.close();
  }

  @Test
  void registrationAnswersAsTheContractSays() {
    assertThat(json("GET", "/api/accounts/ann").path("type").stringValue()).isEqualTo("jmap");
    assertThat(json("GET", "/api/accounts/ann").has("imapHost")).isFalse();
    assertThat(proxy.manage("GET", "/api/accounts/ann", "").body()).doesNotContain("password");
    HttpResponse<String> sync = proxy.manage("POST", "/api/accounts/ann/sync", "");
    assertThat(sync.body()).isEqualTo("{\"synced\":\"ann\"}");
  }

  @Test
  void theSameUpstreamAccountAnswersTheIdThatItHasAlready() {
    HttpResponse<String> answer = register("second", "second@here.test");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(RunningProxy.json(answer).path("accountid").stringValue()).isEqualTo("ann");
    assertThat(RunningProxy.json(answer).path("email").stringValue()).isEqualTo("ann@here.test");
    assertThat(proxy.manage("GET", "/api/accounts/second", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aWrongPasswordIsToldAndNothingIsStored() {
    HttpResponse<String> answer =
        proxy.manage(
            "POST",
            "/api/accounts",
            body("wrong", "wrong@here.test").replace(RealServer.PASSWORD, "other"));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("refuses the login");
    assertThat(proxy.manage("GET", "/api/accounts/wrong", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aNewPasswordIsTriedBeforeItIsKept() {
    HttpResponse<String> answer =
        proxy.manage("PATCH", "/api/accounts/ann", "{\"password\": \"other\"}");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(jmap("GET", "/session", "").statusCode()).isEqualTo(200);
  }

  @Test
  void fieldsThatCannotBeAre400() {
    String good = body("new", "new@here.test");
    String url = "http://127.0.0.1:" + cyrus.httpPort() + "/";
    assertThat(
            List.of(
                good.replace(url, "ftp://x/"),
                good.replace("{", "{\"authType\": \"digest\", "),
                good.replace("{", "{\"readOnly\": true, "),
                "{\"accountid\": \"new\", \"email\": \"new@here.test\", \"type\": \"jmap\"}"))
        .allSatisfy(
            body ->
                assertThat(proxy.manage("POST", "/api/accounts", body).statusCode())
                    .isEqualTo(400));
    String imap = "{\"accountid\": \"ann\", \"type\": \"imap\"}";
    assertThat(proxy.manage("POST", "/api/accounts", imap).statusCode()).isEqualTo(400);
  }

  @Test
  void serversAtPrivateAddressesCanBeForbidden(@TempDir Path data) {
    try (RunningProxy strict =
        RunningProxy.with(
            data, Map.of("JMAP_PUBLIC_UPSTREAMS_ONLY", "1"), StandardParts.backends())) {
      HttpResponse<String> answer =
          strict.manage("POST", "/api/accounts", body("ann", "ann@here.test"));

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("cannot be reached");
    }
  }

  @Test
  void theSessionShowsWhatTheUpstreamOffers() {
    JsonNode session = RunningProxy.json(jmap("GET", "/session", ""));

    JsonNode account = session.path("accounts").path("ann");
    assertThat(account.path("name").stringValue()).isEqualTo("ann@here.test");
    assertThat(account.path("accountCapabilities").propertyNames())
        .contains("urn:ietf:params:jmap:mail", "https://cyrusimap.org/ns/jmap/mail")
        .doesNotContain("urn:ietf:params:jmap:core");
    assertThat(session.path("primaryAccounts").path("urn:ietf:params:jmap:mail").stringValue())
        .isEqualTo("ann");
    assertThat(session.path("capabilities").propertyNames())
        .contains("https://cyrusimap.org/ns/jmap/mail");
  }

  @Test
  void callsAreAnsweredByTheUpstream() {
    JsonNode responses =
        call(
            """
            [["Email/query", {"accountId": "ann", "sort": [{"property": "receivedAt"}]}, "q"],
             ["Email/get", {"accountId": "ann", "properties": ["subject"],
               "#ids": {"resultOf": "q", "name": "Email/query", "path": "/ids"}}, "g"],
             ["Core/echo", {"hello": 1}, "e"],
             ["Mailbox/get", {"accountId": "ann", "ids": null}, "m"]]
            """);

    assertThat(responses)
        .extracting(one -> one.get(2).stringValue())
        .containsExactly("q", "g", "e", "m");
    assertThat(responses)
        .extracting(one -> one.get(1).path("accountId").asString("-"))
        .containsExactly("ann", "ann", "-", "ann");
    assertThat(responses.at("/1/1/list")).hasSize(3);
  }

  @Test
  void blobsGoUpAndDown() {
    HttpResponse<String> uploaded =
        jmap("POST", "/upload/ann", "some text", "Content-Type", "text/plain");
    assertThat(uploaded.statusCode()).isEqualTo(201);
    JsonNode blob = RunningProxy.json(uploaded);
    assertThat(blob.path("accountId").stringValue()).isEqualTo("ann");
    assertThat(blob.path("size").intValue()).isEqualTo(9);
    String path = "/raw/ann/" + blob.path("blobId").stringValue() + "/text.txt?type=text/plain";

    assertThat(jmap("GET", path, "").body()).isEqualTo("some text");
    assertThat(jmap("GET", path, "", "Range", "bytes=5-").body()).isEqualTo("text");
    assertThat(jmap("HEAD", path, "").headers().firstValueAsLong("Content-Length")).hasValue(9);
    assertThat(jmap("GET", "/raw/ann/Gnone/x", "").statusCode()).isEqualTo(404);
  }

  private static JsonNode call(String calls) {
    HttpResponse<String> answer =
        jmap(
            "POST",
            "/jmap",
            "{\"using\": [\"urn:ietf:params:jmap:core\", \"urn:ietf:params:jmap:mail\"],"
                + " \"methodCalls\": "
                + calls
                + "}",
            "Content-Type",
            "application/json");
    return RunningProxy.json(answer).path("methodResponses");
  }

  private static HttpResponse<String> jmap(
      String verb, String path, String body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = RunningProxy.basic("ann@here.test", RealServer.PASSWORD);
    return proxy.jmap(verb, path, body, all);
  }

  private static JsonNode json(String verb, String path) {
    return RunningProxy.json(proxy.manage(verb, path, ""));
  }

  private static HttpResponse<String> register(String accountId, String email) {
    return proxy.manage("POST", "/api/accounts", body(accountId, email));
  }

  private static String body(String accountId, String email) {
    return """
    {"accountid": "%s", "email": "%s", "sessionUrl": "http://127.0.0.1:%d/",
     "username": "%s", "password": "%s"}
    """
        .formatted(accountId, email, cyrus.httpPort(), USER, RealServer.PASSWORD);
  }
}
