package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.FaultyProxy;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.ScriptedSieveServer;
import org.jmapproxy.backend.imap.testkit.SieveSession;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.sieve.SieveRole;
import org.jmapproxy.mail.testkit.MailClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What becomes of scripts when the ManageSieve server fails. */
class SieveFaultsTest {

  @RegisterExtension
  static final DovecotServer DOVECOT = DovecotServer.builder().withSieve().build();

  private static final AtomicInteger USERS = new AtomicInteger();

  private final String user = "fault" + USERS.incrementAndGet();

  /** Whoever lost an answer looks at what was done before saying anything. */
  @Test
  void anAnswerThatIsLostChangesNothingForTheClient() {
    try (FaultyProxy faults = FaultyProxy.to(DOVECOT.sievePort());
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, faults.port());
        SieveSession sieve = new SieveSession(DOVECOT, user)) {
      MailClient client = client(account);
      faults.loseReplyTo("PUTSCRIPT");
      String id = MailClient.createdId(create(client, "mine"));
      assertThat(sieve.script("mine")).contains("keep;");

      faults.loseReplyTo("RENAMESCRIPT");
      JsonNode renamed = set(client, "'update':{'" + id + "':{'name':'ours'}}");
      assertThat(renamed.path("updated").has(id)).as(renamed.toString()).isTrue();
      assertThat(sieve.script("ours")).contains("keep;");

      faults.loseReplyTo("SETACTIVE");
      JsonNode active = set(client, "'onSuccessActivateScript':'" + id + "'");
      assertThat(active.at("/updated/" + id + "/isActive").booleanValue()).isTrue();
      assertThat(sieve.active()).contains("ours");

      set(client, "'onSuccessDeactivateScript':true");
      faults.loseReplyTo("DELETESCRIPT");
      JsonNode destroyed = set(client, "'destroy':['" + id + "']");
      assertThat(destroyed.get("destroyed")).isEqualTo(json("['" + id + "']"));

      faults.loseReplyTo("SETACTIVE");
      JsonNode vacation =
          client.call("VacationResponse/set", "{'update':{'singleton':{'isEnabled':true}}}");
      assertThat(vacation.path("updated").has("singleton")).as(vacation.toString()).isTrue();
      assertThat(sieve.active()).contains("jmap-vacation");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTHENTICATE", "CAPABILITY", "LISTSCRIPTS", "GETSCRIPT"})
  void scriptsAreShownAsTheyWereWhenTheServerBreaksOff(String command) {
    try (FaultyProxy faults = FaultyProxy.to(DOVECOT.sievePort());
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, faults.port())) {
      MailClient client = client(account);
      String id = MailClient.createdId(create(client, "mine"));
      faults.loseReplyTo(command);
      assertThat(client.get("SieveScript", id, "name").get("name").stringValue()).isEqualTo("mine");
    }
  }

  @Test
  void aServerThatIsAwayIsNamedForEachScriptAndNothingIsLost() {
    try (FaultyProxy faults = FaultyProxy.to(DOVECOT.sievePort());
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, faults.port())) {
      MailClient client = client(account);
      String id = MailClient.createdId(create(client, "mine"));
      faults.refuse(true);
      String state = client.state("SieveScript");
      JsonNode refused = create(client, "other");
      assertThat(refused.at("/notCreated/k/type").stringValue()).isEqualTo("serverUnavailable");
      assertThat(refused.get("newState").stringValue()).isEqualTo(state);
      assertThat(
              client
                  .error("SieveScript/set", "{'onSuccessActivateScript':'" + id + "'}")
                  .get("type"))
          .isEqualTo(json("'serverUnavailable'"));
      faults.refuse(false);
      assertThat(create(client, "other").at("/created/k/name").stringValue()).isEqualTo("other");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NO (QUOTA/MAXSIZE) \"too long\", tooLarge",
    "NO (QUOTA/MAXSCRIPTS) \"too many\", overQuota",
    "NO (QUOTA) \"full\", overQuota",
    "NO (TRYLATER) \"busy\", serverUnavailable",
    "NO \"line 1: what?\", invalidSieve",
    "BYE \"bored\", serverUnavailable"
  })
  void aRefusedScriptSaysWhy(String answer, String type) {
    try (ScriptedSieveServer server = new ScriptedSieveServer();
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, server.port())) {
      MailClient client = client(account);
      server.answer("PUTSCRIPT", answer + "\r\n").answer("CHECKSCRIPT", "NO \"line 1: what?\"\r\n");
      JsonNode refused = create(client, "new").at("/notCreated/k");
      assertThat(refused.get("type").stringValue()).as(refused.toString()).isEqualTo(type);
      assertThat(refused.get("description").stringValue()).isNotEmpty();
    }
  }

  /** The text is right, so it is the name. */
  @Test
  void aNameThatTheServerDoesNotLikeIsNamed() {
    try (ScriptedSieveServer server = new ScriptedSieveServer();
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, server.port())) {
      server.answer("PUTSCRIPT", "NO \"Bad script name\"\r\n");
      assertThat(create(client(account), "a/b").at("/notCreated/k/properties"))
          .isEqualTo(json("['name']"));
    }
  }

  @ParameterizedTest
  @CsvSource({"NO (ACTIVE) \"runs\", sieveIsActive", "NO (NONEXISTENT) \"gone\", notFound"})
  void whatCannotBeDeletedSaysWhy(String answer, String type) {
    try (ScriptedSieveServer server = new ScriptedSieveServer();
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, server.port())) {
      MailClient client = client(account);
      String id = client.query("SieveScript", "{'filter':{'isActive':false}}").get(0);
      server.answer("DELETESCRIPT", answer + "\r\n");
      assertThat(
              set(client, "'destroy':['" + id + "']")
                  .at("/notDestroyed/" + id + "/type")
                  .stringValue())
          .isEqualTo(type);
    }
  }

  /** RENAMESCRIPT and CHECKSCRIPT came with RFC 5804; older servers do not have them. */
  @Test
  void anOldServerRenamesByCopyingAndCannotValidate() {
    try (ScriptedSieveServer server = new ScriptedSieveServer();
        ImapProxy proxy = new ImapProxy()) {
      String old = "\"IMPLEMENTATION\" \"Old\"\r\n\"SASL\" \"PLAIN\"\r\n\"SIEVE\" \"\"\r\nOK\r\n";
      server.greet(old).answer("CAPABILITY", old);
      try (OpenAccount account = opened(proxy, server.port())) {
        MailClient client = client(account);
        String id = client.query("SieveScript", "{'filter':{'isActive':true}}").get(0);
        JsonNode set = set(client, "'update':{'" + id + "':{'name':'c'}}");
        assertThat(set.path("updated").has(id)).as(set.toString()).isTrue();
        assertThat(server.heard())
            .containsSubsequence("PUTSCRIPT", "SETACTIVE", "DELETESCRIPT")
            .doesNotContain("RENAMESCRIPT");
        String blobId = client.upload("application/sieve", new byte[] {';'});
        assertThat(client.error("SieveScript/validate", "{'blobId':'" + blobId + "'}").get("type"))
            .isEqualTo(json("'accountNotSupportedByMethod'"));
      }
    }
  }

  @Test
  void withoutManageSieveThereAreNoScripts() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, 1)) {
      assertThat(account.roles().has(SieveRole.ROLE)).isFalse();
      assertThat(client(account).error("SieveScript/get", "{'ids':null}").get("type"))
          .isEqualTo(json("'accountNotSupportedByMethod'"));
    }
  }

  private OpenAccount opened(ImapProxy proxy, int sievePort) {
    OpenAccount account =
        proxy.backend().open(SieveSession.configuration(DOVECOT, sievePort, user));
    account.sync(Duration.ofSeconds(60));
    return account;
  }

  private MailClient client(OpenAccount account) {
    return new MailClient(Account.of(Id.of(user), user, account.roles()));
  }

  private static JsonNode create(MailClient client, String name) {
    String blobId =
        client.upload("application/sieve", "keep;\r\n".getBytes(StandardCharsets.UTF_8));
    String script = "{'name':'" + name + "','blobId':'" + blobId + "'}";
    return set(client, "'create':{'k':" + script + "}");
  }

  private static JsonNode set(MailClient client, String arguments) {
    return client.call("SieveScript/set", "{" + arguments + "}");
  }
}
