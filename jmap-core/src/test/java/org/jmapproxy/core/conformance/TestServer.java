package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.transport.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server under test, spoken to in literal JSON. Single quotes stand for double quotes. */
final class TestServer {

  static final Principal JANE = Principal.of("jane@example.com");
  static final String CORE = "urn:ietf:params:jmap:core";

  private final List<Account> accounts = new ArrayList<>();
  private final JmapServer server;

  private TestServer(Limits limits, List<JmapModule> modules, List<Account> accounts) {
    this.accounts.addAll(accounts);
    var builder = JmapServer.builder().limits(limits).accounts(principal -> this.accounts);
    modules.forEach(builder::module);
    server = builder.build();
  }

  static TestServer with(JmapModule... modules) {
    return new TestServer(Limits.standard(), List.of(modules), List.of());
  }

  static TestServer with(Limits limits, JmapModule... modules) {
    return new TestServer(limits, List.of(modules), List.of());
  }

  TestServer account(Account account) {
    accounts.add(account);
    return this;
  }

  void removeAccounts() {
    accounts.clear();
  }

  JmapServer server() {
    return server;
  }

  /** The answer to a body as it is, without any replacement. */
  Answer raw(byte[] body) {
    return server.handle(JANE, body);
  }

  Answer post(String body) {
    return raw(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** The Response object of a request that must succeed. */
  JsonNode request(String body) {
    Answer answer = post(body);
    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    return json(answer);
  }

  /** The method responses to calls with the core capability and those of the test module. */
  JsonNode calls(String methodCalls) {
    return request("{'using': ['" + CORE + "', 'urn:test'], 'methodCalls': " + methodCalls + "}")
        .get("methodResponses");
  }

  /** The problem document of a request that must be refused. */
  JsonNode problem(Answer answer, int status) {
    assertThat(answer.status()).as(text(answer)).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(json(answer).get("status").intValue()).isEqualTo(status);
    return json(answer);
  }

  static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
