package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.transport.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** RFC 8620 section 2. */
class Section2SessionTest {

  private final Map<String, ObjectNode> upstream = new HashMap<>();
  private final TestServer server = TestServer.with(new BlobbyModule());

  @Test
  void sessionOfNobodyInParticularIsComplete() {
    JsonNode session = session();

    assertThat(session.get("username").stringValue()).isEqualTo("jane@example.com");
    assertThat(session.get("accounts")).isEmpty();
    assertThat(session.get("primaryAccounts")).isEmpty();
    assertThat(session.get("apiUrl").stringValue()).isEqualTo("https://jmap.example.com/jmap");
    assertThat(session.get("downloadUrl").stringValue())
        .contains("{accountId}", "{blobId}", "{name}", "{type}");
    assertThat(session.get("uploadUrl").stringValue()).contains("{accountId}");
    assertThat(session.get("eventSourceUrl").stringValue())
        .contains("{types}", "{closeafter}", "{ping}");
    assertThat(session.get("state").stringValue()).isNotEmpty();
  }

  @Test
  void coreCapabilityAnnouncesTheLimitsThatAreEnforced() {
    assertThat(session().at("/capabilities/urn:ietf:params:jmap:core"))
        .isEqualTo(
            TestServer.json(
                "{'maxSizeUpload': 50000000, 'maxConcurrentUpload': 4, 'maxSizeRequest': 10000000,"
                    + " 'maxConcurrentRequests': 64, 'maxCallsInRequest': 64,"
                    + " 'maxObjectsInGet': 4096, 'maxObjectsInSet': 4096,"
                    + " 'collationAlgorithms': []}"));
  }

  @Test
  void accountsShowWhatTheyCanDo() {
    server.account(account("B1", new MemoryBlobs("x"))).account(bare("N"));

    JsonNode accounts = session().get("accounts");

    assertThat(accounts)
        .isEqualTo(
            TestServer.json(
                "{'B1': {'name': 'B1', 'isPersonal': true, 'isReadOnly': false,"
                    + " 'accountCapabilities': {'urn:blobby': {'of': 'B1'}}},"
                    + " 'N': {'name': 'N', 'isPersonal': true, 'isReadOnly': false,"
                    + " 'accountCapabilities': {}}}"));
  }

  @Test
  void firstAccountWithACapabilityIsPrimary() {
    server
        .account(bare("N"))
        .account(account("B1", new MemoryBlobs("x")))
        .account(account("B2", new MemoryBlobs("y")));

    assertThat(session().get("primaryAccounts")).isEqualTo(TestServer.json("{'urn:blobby': 'B1'}"));
  }

  @Test
  void forwardedAccountShowsItsUpstreamsCapabilities() {
    upstream.put("urn:far", object("{'max': 5}"));
    upstream.put(TestServer.CORE, object("{}"));
    server.account(forwarded("F"));

    JsonNode session = session();

    assertThat(session.at("/accounts/F/accountCapabilities"))
        .isEqualTo(TestServer.json("{'urn:far': {'max': 5}}"));
    assertThat(session.at("/capabilities").has("urn:far")).isTrue();
    assertThat(session.at("/primaryAccounts/urn:far").stringValue()).isEqualTo("F");
    assertThat(session.at("/capabilities/" + TestServer.CORE + "/maxSizeUpload").isNumber())
        .isTrue();
    assertThat(server.request("{'using': ['urn:far'], 'methodCalls': []}").isObject()).isTrue();
  }

  @Test
  void responsesTellTheSameStateAsTheSession() {
    server.account(bare("N"));

    assertThat(stateInResponse()).isEqualTo(session().get("state").stringValue());
  }

  @Test
  void stateChangesWithEverythingThatTheClientSees() {
    String empty = stateInResponse();
    server.account(forwarded("F"));
    String withAccount = stateInResponse();
    upstream.put("urn:far", object("{'max': 5}"));
    String withCapability = stateInResponse();
    upstream.put("urn:far", object("{'max': 6}"));
    String withOtherValue = stateInResponse();
    server.removeAccounts();

    assertThat(List.of(empty, withAccount, withCapability, withOtherValue)).doesNotHaveDuplicates();
    assertThat(stateInResponse()).isEqualTo(empty);
  }

  @Test
  void stateDoesNotDependOnTheUrls() {
    JsonNode other =
        TestServer.json(
            server
                .server()
                .session(TestServer.JANE, SessionUrls.below("https://other.example.com")));

    assertThat(other.get("state")).isEqualTo(session().get("state"));
  }

  private String stateInResponse() {
    return server.request("{'using': [], 'methodCalls': []}").get("sessionState").stringValue();
  }

  private JsonNode session() {
    Answer answer =
        server.server().session(TestServer.JANE, SessionUrls.below("https://jmap.example.com"));
    assertThat(answer.status()).isEqualTo(200);
    return TestServer.json(answer);
  }

  private Account forwarded(String id) {
    InvocationForwarder forwarder =
        new InvocationForwarder() {
          @Override
          public Map<String, ObjectNode> capabilities() {
            return Map.copyOf(upstream);
          }

          @Override
          public int maxCallsInRequest() {
            return 1;
          }

          @Override
          public InvocationForwarder.Answer forward(CallContext context, Run run) {
            return new InvocationForwarder.Answer(List.of(), Map.of());
          }
        };
    return Account.of(
        Id.of(id), id, Roles.builder().with(InvocationForwarder.ROLE, forwarder).build());
  }

  private static Account account(String id, BlobRole blobs) {
    return Account.of(Id.of(id), id, Roles.builder().with(BlobRole.ROLE, blobs).build());
  }

  private static Account bare(String id) {
    return Account.of(Id.of(id), id, Roles.builder().build());
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) TestServer.json(json);
  }

  /** A capability for accounts with blobs. */
  private static final class BlobbyModule implements JmapModule {
    @Override
    public List<Capability> capabilities() {
      return List.of(
          Capability.of(
              "urn:blobby",
              account ->
                  account.roles().has(BlobRole.ROLE)
                      ? Optional.of(
                          JsonNodeFactory.instance.objectNode().put("of", account.id().value()))
                      : Optional.empty()));
    }
  }
}
