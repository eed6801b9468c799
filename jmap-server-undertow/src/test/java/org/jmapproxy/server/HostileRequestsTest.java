package org.jmapproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.basic;
import static org.jmapproxy.server.RunningProxy.json;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers and mistakes do to a proxy. */
class HostileRequestsTest {

  private static final int MORE_THAN_ALL_WORKERS = 100;
  private static final String EMPTY = "{\"using\":[],\"methodCalls\":[]}";

  private RunningProxy proxy;

  @BeforeEach
  void start(@TempDir Path data) {
    proxy = RunningProxy.in(data);
    proxy.addAccount("alice", "secret");
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @ParameterizedTest
  @CsvSource({"POST /jmap,secret", "POST /jmap,wrong", "POST /upload/none,secret", "PUT /none,"})
  void whoSendsNoBodyKeepsNobodyWaiting(String request, String password) throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < MORE_THAN_ALL_WORKERS; i++) {
        slow.add(
            send(
                request
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: "
                    + basic("alice", password == null ? "" : password)
                    + "\r\nContent-Length: 1000\r\n\r\n{"));
      }
      assertThat(echo().statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 99999999999999999999999",
        "Content-Length: 29\r\nContent-Length: 3",
        "Content-Length: 3\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Content-Length: -1",
        "Host: elsewhere.example"
      })
  void headsThatCanBeReadInTwoWaysAreRefused(String header) throws IOException {
    try (Socket socket =
        send(
            "POST /jmap HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: "
                + basic("alice", "secret")
                + "\r\n"
                + header
                + "\r\n\r\n")) {
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bob, alice, already belongs to account alice",
    "bob, ' ', email must not contain blanks",
    "bob, b b@example.com, email must not contain blanks",
    "bob, \\ud800@example.com, email must not contain half a character"
  })
  void aNameNeverStandsForTwoAccounts(String accountId, String email, String error) {
    var response =
        proxy.manage(
            "POST",
            "/api/accounts",
            "{\"accountid\":\"%s\",\"email\":\"%s\"}".formatted(accountId, email));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").asString()).contains(error);
  }

  @Test
  void aStartWithTheWrongKeyCostsNoPassword(@TempDir Path data) {
    try (RunningProxy right = RunningProxy.in(data, Map.of("JMAP_SECRET_KEY", "right"))) {
      right.addAccount("carol", "stored");
    }
    for (Map<String, String> mistake :
        List.of(Map.of("JMAP_SECRET_KEY", "wrong"), Map.<String, String>of())) {
      try (RunningProxy wrong = RunningProxy.in(data, mistake)) {
        assertThat(session(wrong, "carol", "stored")).isEqualTo(401);
        assertThat(session(wrong, "carol", FakeBackend.SERVER_PASSWORD)).isEqualTo(200);
        assertThat(
                json(wrong.manage("POST", "/api/accounts/carol/sync", "")).path("error").asString())
            .contains("JMAP_SECRET_KEY");
      }
    }
    try (RunningProxy right = RunningProxy.in(data, Map.of("JMAP_SECRET_KEY", "right"))) {
      assertThat(session(right, "carol", "stored")).isEqualTo(200);
    }
  }

  private java.net.http.HttpResponse<String> echo() {
    return proxy.jmap(
        "POST",
        "/jmap",
        EMPTY,
        "Authorization",
        basic("alice", "secret"),
        "Content-Type",
        "application/json");
  }

  private static int session(RunningProxy proxy, String user, String password) {
    return proxy.jmap("GET", "/session", "", "Authorization", basic(user, password)).statusCode();
  }

  private Socket send(String head) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.server().jmapPort());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
