package org.jmapproxy.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.basic;
import static org.jmapproxy.server.RunningProxy.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jmapproxy.server.RunningProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The JMAP port as the contract and RFC 8620 describe it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JmapPortTest {

  private static final String ALICE = basic("alice@example.com", "secret");
  private static final String ECHO =
      "{\"using\":[\"urn:ietf:params:jmap:core\"],\"methodCalls\":[[\"Core/echo\",{\"hello\":true},\"c\"]]}";

  private RunningProxy proxy;

  @BeforeAll
  void start(@TempDir Path data) {
    proxy = RunningProxy.in(data);
    proxy.addAccount("alice", "secret");
    proxy.addAccount("mallory", "other");
    proxy.manage(
        "POST",
        "/api/accounts",
        """
        {"accountid":"aaa","email":"aaa@example.com","password":"p","imapHost":"h","poolid":"mallory"}""");
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @Test
  void wellKnownLeadsToTheSession() {
    HttpResponse<String> response = proxy.jmap("GET", "/.well-known/jmap", "");
    assertThat(response.statusCode()).isEqualTo(301);
    assertThat(response.headers().firstValue("Location"))
        .hasValue(proxy.server().baseUrl() + "/session");
  }

  @Test
  void theSessionListsThePoolAndTheUrlsOfTheContract() {
    HttpResponse<String> response = proxy.jmap("GET", "/session", "", "Authorization", ALICE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache, no-store");
    JsonNode session = json(response);
    String base = proxy.server().baseUrl();
    assertThat(session.path("username").asString()).isEqualTo("alice@example.com");
    assertThat(session.path("accounts").propertyNames()).containsExactly("alice");
    assertThat(session.path("accounts").path("alice").path("name").asString())
        .isEqualTo("alice@example.com");
    assertThat(session.path("apiUrl").asString()).isEqualTo(base + "/jmap");
    assertThat(session.path("uploadUrl").asString()).isEqualTo(base + "/upload/{accountId}");
    assertThat(session.path("downloadUrl").asString())
        .startsWith(base + "/raw/{accountId}/{blobId}/{name}")
        .contains("{type}");
    assertThat(session.path("eventSourceUrl").asString())
        .isEqualTo(base + "/eventsource?types={types}&closeafter={closeafter}&ping={ping}");
  }

  @Test
  void everyAccountOfThePoolCanBeNamedInCalls() {
    String mallory = basic("mallory", "other");
    HttpResponse<String> uploaded =
        proxy.jmap("POST", "/upload/mallory", "x", "Authorization", mallory);
    String blobId = json(uploaded).path("blobId").asString();
    HttpResponse<String> copied =
        proxy.jmap(
            "POST",
            "/jmap",
            """
            {"using":["urn:ietf:params:jmap:core"],"methodCalls":[["Blob/copy",
              {"fromAccountId":"mallory","accountId":"aaa","blobIds":["%s"]},"c"]]}"""
                .formatted(blobId),
            "Authorization",
            mallory,
            "Content-Type",
            "application/json");
    assertThat(copied.body()).contains("\"copied\":{\"" + blobId + "\":\"f-");
  }

  @Test
  void theLoginsOwnAccountComesFirstInItsPool() {
    JsonNode session =
        json(proxy.jmap("GET", "/session", "", "Authorization", basic("mallory", "other")));
    assertThat(session.path("username").asString()).isEqualTo("mallory@example.com");
    assertThat(session.path("accounts").propertyNames()).containsExactly("mallory", "aaa");
  }

  @Test
  void callsAreAnswered() {
    HttpResponse<String> response = api(ECHO, "application/json; charset=utf-8");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(json(response).path("methodResponses").toString())
        .isEqualTo("[[\"Core/echo\",{\"hello\":true},\"c\"]]");
  }

  @Test
  void callsAndTheirErrorsAreCounted() {
    long calls = counter("jmap_method_calls_total");
    long errors = counter("jmap_method_errors_total");
    long requests = counter("jmap_http_requests_total");
    api(ECHO, "application/json");
    api(ECHO.replace("Core/echo", "Core/ech"), "application/json");
    assertThat(counter("jmap_method_calls_total") - calls).isEqualTo(2);
    assertThat(counter("jmap_method_errors_total") - errors).isEqualTo(1);
    assertThat(counter("jmap_http_requests_total") - requests).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, notJSON",
    "application/x-www-form-urlencoded, notJSON",
    "application/jsonp, notJSON"
  })
  void otherContentTypesAreNotJson(String type, String error) {
    assertProblem(api(ECHO, type), error);
  }

  @Test
  void badRequestsAreProblems() {
    assertProblem(api("{", "application/json"), "notJSON");
    assertProblem(api("{}", "application/json"), "notRequest");
    assertProblem(
        api("{\"using\":[\"urn:x\"],\"methodCalls\":[]}", "application/json"), "unknownCapability");
  }

  @Test
  void aRequestThatIsTooLargeNamesTheLimit() {
    HttpResponse<String> response = api("[" + " ".repeat(10_000_001) + "]", "application/json");
    assertProblem(response, "limit");
    assertThat(json(response).path("limit").asString()).isEqualTo("maxSizeRequest");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /session",
    "POST, /jmap",
    "POST, /upload/alice",
    "GET, /raw/alice/f-1/x",
    "GET, /eventsource"
  })
  void withoutCredentialsEveryResourceIs401(String verb, String path) {
    HttpResponse<String> response = proxy.jmap(verb, path, "");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValue("Basic realm=\"JMAP Proxy\"");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo("{\"type\":\"unauthorized\"}");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /jmap, 405, POST",
    "PUT, /session, 405, 'GET, HEAD'",
    "POST, /.well-known/jmap, 405, 'GET, HEAD'",
    "GET, /upload/alice, 405, POST",
    "DELETE, /raw/alice/b/n, 405, 'GET, HEAD'",
    "POST, /eventsource, 405, 'GET, HEAD'"
  })
  void wrongVerbsAre405AndNameTheRightOnes(String verb, String path, int status, String allowed) {
    HttpResponse<String> response = proxy.jmap(verb, path, "", "Authorization", ALICE);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({"/nothing", "/session/x", "/jmap/alice", "/raw/alice/b", "/.well-known/other"})
  void unknownPathsAre404(String path) {
    HttpResponse<String> response = proxy.jmap("GET", path, "", "Authorization", ALICE);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void headIsAnsweredWhereGetIs() {
    HttpResponse<String> response = proxy.jmap("HEAD", "/session", "", "Authorization", ALICE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
  }

  @Test
  void browsersMayAskFirst() {
    HttpResponse<String> response =
        proxy.jmap(
            "OPTIONS",
            "/jmap",
            "",
            "Origin",
            "https://client.example",
            "Access-Control-Request-Method",
            "POST");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("POST", "GET");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization", "Content-Type", "Last-Event-ID");
  }

  @Test
  void anUploadIsThereToDownload() {
    HttpResponse<String> uploaded = upload("alice", "hello", "text/x-note");
    assertThat(uploaded.statusCode()).isEqualTo(201);
    JsonNode blob = json(uploaded);
    assertThat(blob.path("accountId").asString()).isEqualTo("alice");
    assertThat(blob.path("type").asString()).isEqualTo("text/x-note");
    assertThat(blob.path("size").asInt()).isEqualTo(5);
    String blobId = blob.path("blobId").asString();
    assertThat(blobId).matches("f-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    HttpResponse<String> raw = raw("alice/" + blobId + "/note.txt");
    assertThat(raw.statusCode()).isEqualTo(200);
    assertThat(raw.body()).isEqualTo("hello");
    assertThat(raw.headers().firstValue("Content-Type")).hasValue("text/x-note");
    assertThat(raw.headers().firstValue("Cache-Control"))
        .hasValue("private, immutable, max-age=31536000");
    assertThat(raw.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(raw.headers().firstValue("Content-Security-Policy").orElse("")).contains("sandbox");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "note.txt | attachment; filename=\"note.txt\"; filename*=UTF-8''note.txt",
        "a%20b.txt | attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt",
        "a%2520b | attachment; filename=\"a_20b\"; filename*=UTF-8''a%2520b",
        "%C3%A4.txt | attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%A4.txt",
        "..%2F..%2Fetc | attachment; filename=\".._.._etc\"; filename*=UTF-8''.._.._etc",
        "a%22%0D%0Ab | attachment; filename=\"a_b\"; filename*=UTF-8''a%22b",
        "..%E2%80%AE | attachment; filename=\"download\"; filename*=UTF-8''download",
        "a+b | attachment; filename=\"a+b\"; filename*=UTF-8''a+b"
      })
  void fileNamesAreDecodedOnceAndHarmless(String name, String disposition) {
    String blobId = json(upload("alice", "x", "text/plain")).path("blobId").asString();
    HttpResponse<String> response = raw("alice/" + blobId + "/" + name);
    assertThat(response.headers().firstValue("Content-Disposition")).hasValue(disposition);
  }

  @Test
  void theAskedTypeIsUsedIfItIsOne() {
    String blobId = json(upload("alice", "x", "text/plain")).path("blobId").asString();
    assertThat(raw("alice/" + blobId + "/n?type=image%2Fpng").headers().firstValue("Content-Type"))
        .hasValue("image/png");
    assertThat(raw("alice/" + blobId + "/n?type=no%0Atype").headers().firstValue("Content-Type"))
        .hasValue("text/plain");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=7-, 206, 789, bytes 7-9/10",
    "bytes=-2, 206, 89, bytes 8-9/10",
    "bytes=5-100, 206, 56789, bytes 5-9/10",
    "bytes=10-, 416, '', bytes */10",
    "'bytes=0-1,4-5', 200, 0123456789, ''",
    "lines=1-2, 200, 0123456789, ''"
  })
  void partsOfABlobCanBeAsked(String range, int status, String body, String contentRange) {
    String blobId = json(upload("alice", "0123456789", "text/plain")).path("blobId").asString();
    HttpResponse<String> response =
        proxy.jmap(
            "GET", "/raw/alice/" + blobId + "/n", "", "Authorization", ALICE, "Range", range);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("Content-Range").orElse("")).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @CsvSource({"alice/f-unknown/x", "alice/not%20an%20id/x", "mallory/f-unknown/x", "nobody/f/x"})
  void unknownBlobsAndForeignAccountsAre404(String path) {
    assertThat(raw(path).statusCode()).isEqualTo(404);
  }

  @Test
  void uploadsToForeignAccountsAreRefused() {
    assertThat(upload("mallory", "x", "text/plain").statusCode()).isIn(403, 404);
    assertThat(upload("nobody", "x", "text/plain").statusCode()).isIn(403, 404);
  }

  @Test
  void anUploadThatIsTooLargeIsRefused() {
    HttpResponse<String> response = upload("alice", "x".repeat(50_000_001), "text/plain");
    assertThat(response.statusCode()).isIn(400, 413);
    assertThat(json(response).path("limit").asString()).isEqualTo("maxSizeUpload");
  }

  private long counter(String name) {
    return proxy
        .manage("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .sum();
  }

  private HttpResponse<String> api(String body, String type) {
    return proxy.jmap("POST", "/jmap", body, "Authorization", ALICE, "Content-Type", type);
  }

  private HttpResponse<String> upload(String accountId, String body, String type) {
    return proxy.jmap(
        "POST", "/upload/" + accountId, body, "Authorization", ALICE, "Content-Type", type);
  }

  private HttpResponse<String> raw(String path) {
    return proxy.jmap("GET", "/raw/" + path, "", "Authorization", ALICE);
  }

  private static void assertProblem(HttpResponse<String> response, String error) {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(response).path("type").asString())
        .isEqualTo("urn:ietf:params:jmap:error:" + error);
    assertThat(json(response).path("status").asInt()).isEqualTo(400);
  }
}
