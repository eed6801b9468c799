package org.jmapproxy.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.server.RunningProxy.json;

import java.nio.file.Path;
import org.jmapproxy.server.RunningProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Where an account's ManageSieve server is, in the management API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SieveSettingsTest {

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
  void theServerIsKeptChangedAndForgotten() {
    post("kept", "\"imapHost\":\"imap.example.com\",\"sieveHost\":\"filters.example.com\"");
    assertThat(sieveOf("kept")).isEqualTo("filters.example.com:4190:3");
    patch("kept", "{\"sievePort\":2000,\"sieveSSL\":2}");
    assertThat(sieveOf("kept")).isEqualTo("filters.example.com:2000:2");
    patch("kept", "{\"username\":\"me\"}");
    assertThat(sieveOf("kept")).isEqualTo("filters.example.com:2000:2");
    patch("kept", "{\"sieveHost\":null}");
    assertThat(account("kept").has("sieveHost")).isFalse();
  }

  @Test
  void aPortAloneIsOneOfTheImapServer() {
    post("beside", "\"imapHost\":\"127.0.0.1\",\"imapSSL\":0,\"sievePort\":4191");
    assertThat(sieveOf("beside")).isEqualTo("127.0.0.1:4191:0");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    String wrong =
        "{\"accountid\":\"wrong\",\"email\":\"wrong@example.com\",\"imapHost\":\"h\",%s}";
    assertThat(
            json(proxy.manage("POST", "/api/accounts", wrong.formatted("\"sievePort\":70000")))
                .path("error")
                .asString())
        .isEqualTo("sievePort must be a number from 1 to 65535");
    assertThat(
            json(proxy.manage("POST", "/api/accounts", wrong.formatted("\"sieveSSL\":4")))
                .path("error")
                .asString())
        .isEqualTo("sieveSSL must be a number from 0 to 3");
  }

  private void post(String id, String settings) {
    String account = "{\"accountid\":\"%s\",\"email\":\"%s@example.com\",%s}";
    assertThat(
            proxy.manage("POST", "/api/accounts", account.formatted(id, id, settings)).statusCode())
        .isEqualTo(201);
  }

  private void patch(String id, String changes) {
    assertThat(proxy.manage("PATCH", "/api/accounts/" + id, changes).statusCode()).isEqualTo(200);
  }

  private JsonNode account(String id) {
    return json(proxy.manage("GET", "/api/accounts/" + id, ""));
  }

  private String sieveOf(String id) {
    JsonNode json = account(id);
    return json.path("sieveHost").asString("")
        + ":"
        + json.path("sievePort").asInt()
        + ":"
        + json.path("sieveSSL").asInt();
  }
}
