package org.jmapproxy.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.server.FakeBackend;
import org.jmapproxy.server.RunningProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The management API as the contract describes it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementApiTest {

  private RunningProxy proxy;

  @BeforeAll
  void start(@TempDir Path data) {
    proxy = RunningProxy.in(data);
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @Test
  void healthTellsStatusUptimeChildrenAndPid() {
    HttpResponse<String> response = proxy.manage("GET", "/healthz", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonNode health = json(response);
    assertThat(health.path("status").asString()).isEqualTo("ok");
    assertThat(health.path("uptime").isIntegralNumber()).isTrue();
    assertThat(health.path("children").isIntegralNumber()).isTrue();
    assertThat(health.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void anAddedAccountIsListedWithItsStatistics() {
    HttpResponse<String> added =
        post(
            """
        {"accountid":"listed","email":"listed@example.com","type":"imap","password":"x","imapHost":"imap.example.com"}""");
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.body()).isEqualTo("{\"accountid\":\"listed\",\"type\":\"imap\"}");
    JsonNode account = json(proxy.manage("GET", "/api/accounts/listed", ""));
    assertThat(account.path("email").asString()).isEqualTo("listed@example.com");
    assertThat(account.path("imapHost").asString()).isEqualTo("imap.example.com");
    assertThat(account.path("folders").asInt()).isEqualTo(4);
    assertThat(account.path("messages").asInt()).isEqualTo(17);
    assertThat(account.path("syncProgress").asDouble()).isEqualTo(1.0);
    JsonNode list = json(proxy.manage("GET", "/api/accounts", ""));
    assertThat(list.valueStream().filter(one -> one.path("accountid").asString().equals("listed")))
        .containsExactly(account);
  }

  @Test
  void defaultsAreThoseOfTheContract() {
    post(
        """
        {"accountid":"defaults","email":"defaults@example.com","imapHost":"imap.example.com","smtpHost":"smtp.example.com"}""");
    JsonNode account = json(proxy.manage("GET", "/api/accounts/defaults", ""));
    assertThat(account.path("type").asString()).isEqualTo("imap");
    assertThat(account.path("username").asString()).isEqualTo("defaults@example.com");
    assertThat(account.path("imapPort").asInt()).isEqualTo(993);
    assertThat(account.path("imapSSL").asInt()).isEqualTo(2);
    assertThat(account.path("smtpPort").asInt()).isEqualTo(587);
    assertThat(account.path("smtpSSL").asInt()).isEqualTo(3);
    assertThat(account.path("poolid").asString()).isEqualTo("defaults");
  }

  @Test
  void furtherAddressesToSendFromAreKeptAndChanged() {
    post(
        """
        {"accountid":"many","email":"many@example.com","imapHost":"imap.example.com",
         "identities":[{"name":"Sales","email":"sales@example.com"},{"email":"*@example.net"}]}""");
    JsonNode account = json(proxy.manage("GET", "/api/accounts/many", ""));
    assertThat(account.path("identities").toString())
        .isEqualTo(
            "[{\"name\":\"Sales\",\"email\":\"sales@example.com\"},"
                + "{\"name\":\"\",\"email\":\"*@example.net\"}]");
    assertThat(proxy.manage("PATCH", "/api/accounts/many", "{\"username\":\"me\"}").statusCode())
        .isEqualTo(200);
    account = json(proxy.manage("GET", "/api/accounts/many", ""));
    assertThat(account.path("username").asString()).isEqualTo("me");
    assertThat(account.path("identities").size()).isEqualTo(2);
    assertThat(proxy.manage("PATCH", "/api/accounts/many", "{\"identities\":null}").statusCode())
        .isEqualTo(200);
    assertThat(json(proxy.manage("GET", "/api/accounts/many", "")).has("identities")).isFalse();
    assertThat(proxy.manage("PATCH", "/api/accounts/many", "{\"identities\":[{}]}").statusCode())
        .isEqualTo(400);
    assertThat(proxy.manage("PATCH", "/api/accounts/nobody", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void noAnswerShowsAPassword() {
    post(
        """
        {"accountid":"secretive","email":"secretive@example.com","password":"hush-hush","imapHost":"h"}""");
    assertThat(proxy.manage("GET", "/api/accounts", "").body()).doesNotContain("hush-hush");
    assertThat(proxy.manage("GET", "/api/accounts/secretive", "").body())
        .doesNotContain("hush-hush");
  }

  @Test
  void aFailedFirstSyncIsAWarningAndTheAccountExists() {
    HttpResponse<String> added =
        post(
            """
        {"accountid":"dead","email":"dead@example.com","imapHost":"%s"}"""
                .formatted(FakeBackend.DEAD_HOST));
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(json(added).path("warning").asString())
        .isEqualTo("setup failed: Connection refused");
    assertThat(proxy.manage("GET", "/api/accounts/dead", "").statusCode()).isEqualTo(200);
    HttpResponse<String> sync = proxy.manage("POST", "/api/accounts/dead/sync", "");
    assertThat(sync.statusCode()).isEqualTo(500);
    assertThat(sync.body()).isEqualTo("{\"error\":\"Connection refused\"}");
  }

  @Test
  void withoutAHostTheAccountIsKeptWithAWarning() {
    HttpResponse<String> added =
        post(
            """
        {"accountid":"hostless","email":"hostless@example.com"}""");
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(json(added).path("warning").asString())
        .startsWith("setup failed: no imapHost given");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                            | invalid JSON",
        "[]                                                           | invalid JSON",
        "{}                                                           | accountid required",
        "{\"accountid\":\"\",\"email\":\"a@b\"}                       | accountid required",
        "{\"accountid\":7,\"email\":\"a@b\"}                          | accountid required",
        "{\"accountid\":\"a b\",\"email\":\"a@b\"}                    | accountid must be 1 to 255 letters, digits, hyphens or underscores",
        "{\"accountid\":\"../up\",\"email\":\"a@b\"}                  | accountid must be 1 to 255 letters, digits, hyphens or underscores",
        "{\"accountid\":\"n\"}                                        | email required",
        "{\"accountid\":\"n\",\"email\":5}                            | email must be a string of at most 4096 characters",
        "{\"accountid\":\"n\",\"email\":\"a@b\",\"imapHost\":\"h\",\"imapPort\":70000} | imapPort must be a number from 1 to 65535",
        "{\"accountid\":\"n\",\"email\":\"a@b\",\"imapHost\":\"h\",\"imapSSL\":4}      | imapSSL must be a number from 0 to 3",
        "{\"accountid\":\"n\",\"email\":\"a@b\",\"caldavURL\":\"file:/etc/passwd\"}    | caldavURL must be an http or https address",
        "{\"accountid\":\"n\",\"email\":\"a@b\",\"type\":\"pop3\"}    | type must be one that this server knows, such as imap"
      })
  void whatCannotBeAnAccountIs400(String body, String error) {
    HttpResponse<String> response = post(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(json(response).path("error").asString()).isEqualTo(error);
  }

  @Test
  void postingAnIdAgainChangesTheAccountInPlaceAndKeepsWhatIsNotNamed() {
    post(
        """
        {"accountid":"again","email":"again@example.com","password":"kept","imapHost":"one","imapSSL":1,"caldavURL":"https://dav.example.com"}""");
    HttpResponse<String> changed =
        post(
            """
        {"accountid":"again","email":"new@example.com","imapHost":"two"}""");
    assertThat(changed.statusCode()).isEqualTo(201);
    JsonNode account = json(proxy.manage("GET", "/api/accounts/again", ""));
    assertThat(account.path("email").asString()).isEqualTo("new@example.com");
    assertThat(account.path("imapHost").asString()).isEqualTo("two");
    assertThat(account.path("imapSSL").asInt()).isZero();
    assertThat(account.path("caldavURL").asString()).isEqualTo("https://dav.example.com");
    assertThat(account.path("configured").asInt()).isEqualTo(1);
    assertThat(proxy.backend.log).contains("login as again@example.com with kept");
  }

  @Test
  void anAddressBelongsToOneAccountWhateverItsCase() {
    post(
        """
        {"accountid":"first","email":"Taken@example.com","imapHost":"h"}""");
    HttpResponse<String> second =
        post(
            """
        {"accountid":"second","email":"taken@EXAMPLE.com","imapHost":"h"}""");
    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(second.body()).contains("already belongs to account first");
    assertThat(proxy.manage("GET", "/api/accounts/second", "").statusCode()).isEqualTo(404);
  }

  @Test
  void deletingRemovesTheAccountAndItsData() {
    proxy.addAccount("doomed", "x");
    HttpResponse<String> deleted = proxy.manage("DELETE", "/api/accounts/doomed", "");
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(deleted.body()).isEqualTo("{\"deleted\":true}");
    assertThat(proxy.backend.log)
        .containsSubsequence("open doomed", "close doomed", "delete doomed");
    assertThat(proxy.manage("DELETE", "/api/accounts/doomed", "").statusCode()).isEqualTo(404);
  }

  @Test
  void dataOfAnAccountThatIsNotOpenAreRemovedToo(@TempDir Path other) {
    try (RunningProxy first = RunningProxy.in(other)) {
      first.addAccount("sleeper", "x");
    }
    try (RunningProxy second = RunningProxy.in(other)) {
      assertThat(second.manage("DELETE", "/api/accounts/sleeper", "").statusCode()).isEqualTo(200);
      assertThat(second.backend.log).contains("delete sleeper");
    }
  }

  @Test
  void stoppingFinishesWhatIsUnderWayAndRefusesNewRequests(@TempDir Path other) throws Exception {
    RunningProxy stopping = RunningProxy.in(other);
    stopping.addAccount("busy", "x");
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    stopping.backend.beforeSync =
        () -> {
          reached.countDown();
          await(mayGoOn);
        };
    CompletableFuture<HttpResponse<String>> sync =
        CompletableFuture.supplyAsync(() -> stopping.manage("POST", "/api/accounts/busy/sync", ""));
    await(reached);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
    while (stopping.manage("GET", "/healthz", "").statusCode() != 503) {
      Thread.onSpinWait();
    }
    mayGoOn.countDown();
    assertThat(sync.get(20, TimeUnit.SECONDS).body()).isEqualTo("{\"synced\":\"busy\"}");
    stopped.get(20, TimeUnit.SECONDS);
  }

  @Test
  void deletingThePoolsRootMakesEverySiblingItsOwnPool() {
    proxy.addAccount("root", "x");
    post(
        """
        {"accountid":"sibling","email":"sibling@example.com","poolid":"root","imapHost":"h"}""");
    post(
        """
        {"accountid":"cousin","email":"cousin@example.com","poolid":"sibling","imapHost":"h"}""");
    assertThat(json(proxy.manage("GET", "/api/accounts/cousin", "")).path("poolid").asString())
        .isEqualTo("root");
    proxy.manage("DELETE", "/api/accounts/root", "");
    for (String accountId : new String[] {"sibling", "cousin"}) {
      assertThat(
              json(proxy.manage("GET", "/api/accounts/" + accountId, "")).path("poolid").asString())
          .isEqualTo(accountId);
    }
  }

  @Test
  void syncAnswersWhenItIsDone() {
    proxy.addAccount("synced", "x");
    HttpResponse<String> response = proxy.manage("POST", "/api/accounts/synced/sync", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"synced\":\"synced\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/accounts/nobody, 404, not found",
    "POST, /api/accounts/nobody/sync, 404, not found",
    "GET, /api/nothing, 404, unknown endpoint",
    "GET, /api, 404, unknown endpoint",
    "POST, /api/accounts/x/other, 404, unknown endpoint",
    "GET, /nothing, 404, not found"
  })
  void whatIsNotThereIsSaidInJson(String verb, String path, int status, String error)
      throws IOException {
    String response =
        raw(
            verb
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("{\"error\":\"" + error + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /api/accounts, 'GET, HEAD, POST'",
    "PUT, /api/accounts/x, 'GET, HEAD, PATCH, DELETE'",
    "GET, /api/accounts/x/sync, POST",
    "POST, /healthz, 'GET, HEAD'",
    "DELETE, /metrics, 'GET, HEAD'"
  })
  void wrongVerbsAre405AndNameTheRightOnes(String verb, String path, String allowed) {
    HttpResponse<String> response = proxy.manage(verb, path, "");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
    assertThat(json(response).path("error").isString()).isTrue();
  }

  @Test
  void bodiesAreBounded() {
    HttpResponse<String> response = post("{\"accountid\":\"" + "x".repeat(300_000) + "\"}");
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(json(response).path("error").isString()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "localhost:8080, 200",
    "127.0.0.1:8080, 200",
    "192.168.1.7, 200",
    "[::1]:8080, 200",
    "evil.example, 403",
    "localhost.evil.example, 403",
    "127.0.0.1.evil.example, 403"
  })
  void foreignHostNamesAreRefused(String host, int status) throws IOException {
    for (String path : new String[] {"/api/accounts", "/"}) {
      String response =
          raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      assertThat(response).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, 200",
    "http://localhost:3000, 403",
    "https://evil.example, 403",
    "null, 403"
  })
  void pagesOfOtherSitesAreRefused(String origin, int status) throws IOException {
    String response =
        raw(
            "GET /api/accounts HTTP/1.1\r\nHost: localhost:8080\r\nOrigin: "
                + origin
                + "\r\nConnection: close\r\n\r\n");
    assertThat(response).startsWith("HTTP/1.1 " + status + " ");
    if (status == 403) {
      assertThat(response)
          .contains("{\"error\":\"requests from pages of another site are not allowed\"}");
    }
  }

  @Test
  void namesThatTheOperatorAllowsPass(@TempDir Path data) throws IOException {
    try (RunningProxy other =
        RunningProxy.in(data, java.util.Map.of("JMAP_MGMT_ALLOWED_HOSTS", "Proxy.example"))) {
      String response =
          raw(
              other.server().managementPort(),
              "GET /api/accounts HTTP/1.1\r\nHost: proxy.example:8080\r\nConnection: close\r\n\r\n");
      assertThat(response).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void theDashboardIsAPage() {
    HttpResponse<String> page = proxy.manage("GET", "/", "");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors 'none'");
    assertThat(proxy.manage("HEAD", "/", "").statusCode()).isEqualTo(200);
    assertThat(proxy.manage("GET", "/dashboard.js", "").statusCode()).isEqualTo(200);
    assertThat(proxy.manage("GET", "/dashboard.css", "").statusCode()).isEqualTo(200);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> post(String body) {
    return proxy.manage("POST", "/api/accounts", body, "Content-Type", "application/json");
  }

  private String raw(String request) throws IOException {
    return raw(proxy.server().managementPort(), request);
  }

  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
