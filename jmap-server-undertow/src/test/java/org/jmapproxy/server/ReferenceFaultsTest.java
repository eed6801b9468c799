package org.jmapproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.basic;
import static org.jmapproxy.server.RunningProxy.json;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Known faults of an earlier proxy, each by its number, that show over HTTP: none of them is here.
 * The faults of mail, submission, calendars and contacts are held by the tests of those modules.
 */
class ReferenceFaultsTest {

  private static final String CORE = "\"using\":[\"urn:ietf:params:jmap:core\"]";

  private RunningProxy proxy;

  @BeforeEach
  void start(@TempDir Path data) {
    proxy = RunningProxy.in(data);
    proxy.addAccount("zoe", "secret");
    post("{\"accountid\":\"ann\",\"email\":\"ann@x\",\"poolid\":\"zoe\",\"imapHost\":\"h\"}");
    proxy.addAccount("eve", "evil");
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @TestFactory
  Stream<DynamicTest> faults() {
    return Stream.of(
        row("1 a login is no way into another account", this::foreignAccountsStayClosed),
        row("4 copying does not leave the pool", this::copyingStaysInThePool),
        row("5 no cookies, and no credentials from other sites", this::noCookies),
        row("8 no id becomes a path", this::idsAreNoPaths),
        row("13 unknown paths are answered", () -> assertStatus(get("/none"), 404)),
        row("14 browsers may ask first", this::preflight),
        row("16 a limit is called limit and named", this::limitsAreNamed),
        row("17 an upload is 201", () -> assertStatus(upload(), 201)),
        row("18 an unknown blob is 404", () -> assertStatus(get("/raw/zoe/none/x"), 404)),
        row("19 file names are encoded once", this::fileNamesAreEncodedOnce),
        row("20 the download URL has a type", this::downloadUrlHasType),
        row("22 what the session lists can be called, the login first", this::poolIsServed),
        row("23 a failed call keeps its tag", this::failuresKeepTheirTag),
        row("25 changed settings keep the account", this::changesKeepTheAccount),
        row("28 deleting removes data of closed accounts", this::deletingRemovesData),
        row("30 who joins a member joins the pool", this::poolsDoNotSplit),
        row("31 deleting says so", this::deletingSaysSo));
  }

  private static DynamicTest row(String fault, Executable check) {
    return dynamicTest(fault, check);
  }

  private void foreignAccountsStayClosed() {
    assertStatus(get("/raw/eve/none/x"), 404);
    assertThat(json(get("/session")).path("accounts").has("eve")).isFalse();
    assertThat(
            call("[\"Mailbox/get\",{\"accountId\":\"eve\"},\"t\"]").path(1).path("type").asString())
        .isEqualTo("accountNotFound");
    assertStatus(
        post("{\"accountid\":\"new\",\"email\":\"zoe@example.com\",\"password\":\"p\"}"), 400);
  }

  private void copyingStaysInThePool() {
    JsonNode answer =
        call(
            "[\"Blob/copy\",{\"fromAccountId\":\"eve\",\"accountId\":\"zoe\",\"blobIds\":[\"b\"]},\"t\"]");
    assertThat(answer.path(1).path("type").asString()).isEqualTo("fromAccountNotFound");
  }

  private void noCookies() {
    HttpResponse<String> session = get("/session");
    assertThat(session.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(session.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  private void idsAreNoPaths() {
    assertStatus(post("{\"accountid\":\"../x\",\"email\":\"x@x\"}"), 400);
    assertStatus(proxy.manage("DELETE", "/api/accounts/..%2fzoe", ""), 404);
    assertStatus(get("/raw/zoe/..%2f..%2faccounts.sqlite3/x"), 404);
  }

  private void preflight() {
    HttpResponse<String> answer = proxy.jmap("OPTIONS", "/jmap", "");
    assertStatus(answer, 204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
  }

  private void limitsAreNamed() {
    String calls = "[\"Core/echo\",{},\"t\"],".repeat(1000) + "[\"Core/echo\",{},\"t\"]";
    JsonNode problem = json(jmap("{" + CORE + ",\"methodCalls\":[" + calls + "]}"));
    assertThat(problem.path("type").asString()).isEqualTo("urn:ietf:params:jmap:error:limit");
    assertThat(problem.path("limit").asString()).isEqualTo("maxCallsInRequest");
  }

  private void fileNamesAreEncodedOnce() {
    String blobId = json(upload()).path("blobId").asString();
    assertThat(get("/raw/zoe/" + blobId + "/a%20b.txt").headers().firstValue("Content-Disposition"))
        .get()
        .asString()
        .contains("filename=\"a b.txt\"");
  }

  private void downloadUrlHasType() {
    assertThat(json(get("/session")).path("downloadUrl").asString()).contains("{type}");
  }

  private void poolIsServed() {
    JsonNode session = json(get("/session"));
    assertThat(session.path("username").asString()).isEqualTo("zoe@example.com");
    session.path("primaryAccounts").forEach(id -> assertThat(id.asString()).isEqualTo("zoe"));
    for (String accountId : session.path("accounts").propertyNames()) {
      JsonNode answer = call("[\"Mailbox/get\",{\"accountId\":\"" + accountId + "\"},\"t\"]");
      assertThat(answer.path(1).path("type").asString("")).isNotEqualTo("accountNotFound");
    }
  }

  private void failuresKeepTheirTag() {
    assertThat(call("[\"None/get\",{},\"my tag\"]").path(2).asString()).isEqualTo("my tag");
  }

  private void changesKeepTheAccount() {
    String blobId = json(upload()).path("blobId").asString();
    int before = proxy.backend.log.size();
    assertStatus(
        post("{\"accountid\":\"zoe\",\"email\":\"zoe@example.com\",\"imapHost\":\"other\"}"), 201);
    assertThat(proxy.backend.log.subList(before, proxy.backend.log.size()))
        .doesNotContain("delete zoe");
    assertStatus(get("/raw/zoe/" + blobId + "/x"), 200);
  }

  private void deletingRemovesData() {
    int before = proxy.backend.log.size();
    proxy.manage("DELETE", "/api/accounts/ann", "");
    assertThat(proxy.backend.log.subList(before, proxy.backend.log.size())).contains("delete ann");
    proxy.manage(
        "POST",
        "/api/accounts",
        "{\"accountid\":\"ann\",\"email\":\"ann@x\",\"poolid\":\"zoe\",\"imapHost\":\"h\"}");
  }

  private void poolsDoNotSplit() {
    post("{\"accountid\":\"third\",\"email\":\"third@x\",\"poolid\":\"ann\",\"imapHost\":\"h\"}");
    assertThat(json(get("/session")).path("accounts").has("third")).isTrue();
  }

  private void deletingSaysSo() {
    assertThat(proxy.manage("DELETE", "/api/accounts/eve", "").body())
        .isEqualTo("{\"deleted\":true}");
    assertStatus(proxy.manage("DELETE", "/api/accounts/eve", ""), 404);
  }

  private JsonNode call(String call) {
    String using = "\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\"]";
    return json(jmap("{" + using + ",\"methodCalls\":[" + call + "]}"))
        .path("methodResponses")
        .path(0);
  }

  private HttpResponse<String> jmap(String body) {
    return proxy.jmap(
        "POST", "/jmap", body, "Authorization", zoe(), "Content-Type", "application/json");
  }

  private HttpResponse<String> upload() {
    return proxy.jmap("POST", "/upload/zoe", "hello", "Authorization", zoe());
  }

  private HttpResponse<String> get(String path) {
    return proxy.jmap("GET", path, "", "Authorization", zoe());
  }

  private HttpResponse<String> post(String body) {
    return proxy.manage("POST", "/api/accounts", body);
  }

  private static String zoe() {
    return basic("zoe", "secret");
  }

  private static void assertStatus(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
  }
}
