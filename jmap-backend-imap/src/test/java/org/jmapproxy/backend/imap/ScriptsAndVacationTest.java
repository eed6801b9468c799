package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SieveSession;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.mail.testkit.MailClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * The user's scripts and the vacation response, which is a script too (RFC 9661 section 4): a
 * server runs one of them, and both work.
 */
class ScriptsAndVacationTest {

  @RegisterExtension
  static final DovecotServer DOVECOT = DovecotServer.builder().withSieve().build();

  private static final String VACATION = "jmap-vacation";
  private static final AtomicInteger USERS = new AtomicInteger();

  private final String user = "both" + USERS.incrementAndGet();
  private final ImapProxy proxy = new ImapProxy();
  private OpenAccount account;
  private MailClient client;
  private SieveSession sieve;

  @BeforeEach
  void open() {
    account = proxy.backend().open(SieveSession.configuration(DOVECOT, DOVECOT.sievePort(), user));
    account.sync(Duration.ofSeconds(60));
    client = new MailClient(Account.of(Id.of(user), user, account.roles()));
    sieve = new SieveSession(DOVECOT, user);
  }

  @AfterEach
  void close() {
    sieve.close();
    account.close();
    proxy.close();
  }

  @Test
  void theIncludedScriptIsTheActiveOne() {
    String mine = create("mine", "keep;\r\n");
    activate(mine);
    String state = client.state("SieveScript");
    enableVacation(true);

    assertThat(sieve.active()).contains(VACATION);
    assertThat(active()).isEqualTo("mine");
    assertThat(isVacationEnabled()).isTrue();
    assertThat(client.state("SieveScript")).isNotEqualTo(state);
    JsonNode destroy = client.call("SieveScript/set", "{'destroy':['" + mine + "']}");
    assertThat(destroy.at("/notDestroyed/" + mine + "/type").stringValue())
        .isEqualTo("sieveIsActive");

    enableVacation(false);
    assertThat(sieve.active()).contains("mine");
    assertThat(active()).isEqualTo("mine");
  }

  @Test
  void aScriptThatIsActivatedWhileAwayIsIncluded() {
    enableVacation(true);
    assertThat(active()).isEqualTo(VACATION);
    String vacation = id(VACATION);
    String mine = create("mine", "keep;\r\n");
    JsonNode set = activate(mine);

    assertThat(set.at("/updated/" + mine + "/isActive").booleanValue()).isTrue();
    assertThat(set.at("/updated/" + vacation + "/isActive").booleanValue()).isFalse();
    assertThat(sieve.active()).contains(VACATION);
    assertThat(sieve.script(VACATION)).contains("include :personal \"mine\";");
    assertThat(isVacationEnabled()).isTrue();

    String other = create("other", "stop;\r\n");
    activate(other);
    assertThat(sieve.script(VACATION))
        .contains("include :personal \"other\";")
        .doesNotContain("\"mine\"");
    assertThat(active()).isEqualTo("other");

    client.call("SieveScript/set", "{'onSuccessDeactivateScript':true}");
    assertThat(sieve.script(VACATION)).doesNotContain("include");
    assertThat(isVacationEnabled()).isTrue();
    assertThat(active()).isEqualTo(VACATION);

    client.call("SieveScript/set", "{'onSuccessDeactivateScript':true}");
    assertThat(sieve.active()).isEmpty();
    assertThat(isVacationEnabled()).isFalse();
  }

  /** Section 4: it is fetched and activated like others, and neither changed nor destroyed. */
  @Test
  void theVacationResponseIsAScriptThatOnlyItsOwnMethodChanges() {
    enableVacation(true);
    enableVacation(false);
    String vacation = id(VACATION);
    String mine = create("mine", "keep;\r\n");
    activate(mine);

    String blobId =
        client.upload("application/sieve", "stop;\r\n".getBytes(StandardCharsets.UTF_8));
    for (String patch : new String[] {"{'name':'x'}", "{'blobId':'" + blobId + "'}"}) {
      JsonNode update =
          client.call("SieveScript/set", "{'update':{'" + vacation + "':" + patch + "}}");
      assertThat(update.at("/notUpdated/" + vacation + "/type").stringValue())
          .isEqualTo("forbidden");
    }
    JsonNode destroy = client.call("SieveScript/set", "{'destroy':['" + vacation + "']}");
    assertThat(destroy.at("/notDestroyed/" + vacation + "/type").stringValue())
        .isEqualTo("forbidden");
    JsonNode renamed =
        client.call("SieveScript/set", "{'update':{'" + mine + "':{'name':'" + VACATION + "'}}}");
    assertThat(renamed.at("/notUpdated/" + mine + "/existingId").stringValue()).isEqualTo(vacation);

    JsonNode set = activate(vacation);
    assertThat(set.at("/updated/" + vacation + "/isActive").booleanValue()).isTrue();
    assertThat(set.at("/updated/" + mine + "/isActive").booleanValue()).isFalse();
    assertThat(isVacationEnabled()).isTrue();
    assertThat(sieve.script(VACATION)).doesNotContain("include");
  }

  @Test
  void nobodyTakesItsNameBefore() {
    String blobId = client.upload("application/sieve", "keep;".getBytes(StandardCharsets.UTF_8));
    JsonNode set =
        client.call(
            "SieveScript/set",
            "{'create':{'k':{'name':'" + VACATION + "','blobId':'" + blobId + "'}}}");
    assertThat(set.at("/notCreated/k/properties")).isEqualTo(MailClient.json("['name']"));
  }

  /** At no moment does the vacation response include a script that is not there. */
  @Test
  void anIncludedScriptIsRenamedAndGoesOnRunning() {
    String mine = create("mine", "keep;\r\n");
    activate(mine);
    enableVacation(true);
    String blobId =
        client.upload("application/sieve", "discard;\r\n".getBytes(StandardCharsets.UTF_8));
    JsonNode set =
        client.call(
            "SieveScript/set",
            "{'update':{'" + mine + "':{'name':'ours','blobId':'" + blobId + "'}}}");

    assertThat(set.path("updated").has(mine)).as(set.toString()).isTrue();
    assertThat(sieve.script(VACATION)).contains("include :personal \"ours\";");
    assertThat(sieve.script("ours")).contains("discard;");
    assertThat(client.query("SieveScript", "{'filter':{'name':'mine'}}")).isEmpty();
    JsonNode after = client.get("SieveScript", mine, "name", "isActive");
    assertThat(after.get("name").stringValue()).isEqualTo("ours");
    assertThat(after.get("isActive").booleanValue()).isTrue();
  }

  @Test
  void whatAnotherClientDoesIsSeen() {
    String mine = create("mine", "keep;\r\n");
    String state = client.state("SieveScript");
    sieve.put("theirs", "stop;\r\n");
    sieve.activate("theirs");

    assertThat(client.state("SieveScript")).isNotEqualTo(state);
    assertThat(active()).isEqualTo("theirs");
    String blobId = client.get("SieveScript", mine, "blobId").get("blobId").stringValue();
    sieve.put("mine", "discard;\r\n");
    assertThat(client.get("SieveScript", mine, "blobId").get("blobId").stringValue())
        .isNotEqualTo(blobId);
    sieve.rename("mine", "renamed");
    assertThat(client.get("SieveScript", mine, "name").get("name").stringValue())
        .isEqualTo("renamed");
    sieve.delete("renamed");
    assertThat(client.call("SieveScript/get", "{'ids':['" + mine + "']}").get("notFound").size())
        .isEqualTo(1);
  }

  /** A round sees it too, and tells those who listen. */
  @Test
  void aRoundTellsWhatAnotherClientHasDone() {
    AtomicInteger told = new AtomicInteger();
    Subscription listening =
        proxy
            .changes()
            .signals(Id.of(user))
            .subscribe(
                change -> {
                  if (change.states().containsKey("SieveScript")) {
                    told.incrementAndGet();
                  }
                });
    sieve.put("theirs", "stop;\r\n");
    account.sync(Duration.ofSeconds(60));
    ImapProxy.await("the change is told", () -> told.get() > 0);
    listening.close();
  }

  private String create(String name, String text) {
    String blobId = client.upload("application/sieve", text.getBytes(StandardCharsets.UTF_8));
    String script = "{'name':'" + name + "','blobId':'" + blobId + "'}";
    return MailClient.createdId(client.call("SieveScript/set", "{'create':{'k':" + script + "}}"));
  }

  private JsonNode activate(String id) {
    return client.call("SieveScript/set", "{'onSuccessActivateScript':'" + id + "'}");
  }

  private void enableVacation(boolean enabled) {
    JsonNode set =
        client.call(
            "VacationResponse/set", "{'update':{'singleton':{'isEnabled':" + enabled + "}}}");
    assertThat(set.path("updated").has("singleton")).as(set.toString()).isTrue();
  }

  private boolean isVacationEnabled() {
    return client
        .call("VacationResponse/get", "{'ids':null}")
        .at("/list/0/isEnabled")
        .booleanValue();
  }

  private String id(String name) {
    return client.query("SieveScript", "{'filter':{'name':'" + name + "'}}").get(0);
  }

  private String active() {
    String id = client.query("SieveScript", "{'filter':{'isActive':true}}").get(0);
    return client.get("SieveScript", id, "name").get("name").stringValue();
  }
}
