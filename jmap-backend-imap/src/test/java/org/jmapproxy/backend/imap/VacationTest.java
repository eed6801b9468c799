package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SieveSession;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.mail.vacation.VacationModule;
import org.jmapproxy.mail.vacation.VacationResponseType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vacation responses are Sieve scripts at the server (RFC 8621 section 8, RFC 5230). */
class VacationTest {

  @RegisterExtension
  static final DovecotServer DOVECOT = DovecotServer.builder().withSieve().build();

  @Test
  void settingsAreThoseOfTheScriptAtTheServer() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, "vacation1")) {
      assertThat(get(account))
          .isEqualTo(
              json(
                  "{'id':'singleton','isEnabled':false,'fromDate':null,'toDate':null,"
                      + "'subject':null,'textBody':null,'htmlBody':null}"));

      JsonNode set =
          set(
              account,
              "{'isEnabled':true,'fromDate':'2030-01-01T00:00:00Z',"
                  + "'toDate':'2030-02-01T12:30:00Z','subject':'Ferien \\\\ \\\"weg\\\"',"
                  + "'textBody':'Zwei\\nZeilen.\\n.\\nEnde','htmlBody':'<p>Ähm</p>'}");

      assertThat(set.path("updated").has("singleton")).as(set.toString()).isTrue();
      assertThat(get(account))
          .isEqualTo(
              json(
                  "{'id':'singleton','isEnabled':true,'fromDate':'2030-01-01T00:00:00Z',"
                      + "'toDate':'2030-02-01T12:30:00Z','subject':'Ferien \\\\ \\\"weg\\\"',"
                      + "'textBody':'Zwei\\nZeilen.\\n.\\nEnde','htmlBody':'<p>Ähm</p>'}"));
      try (SieveSession sieve = new SieveSession(DOVECOT, "vacation1")) {
        assertThat(sieve.active()).contains("jmap-vacation");
        assertThat(sieve.script("jmap-vacation"))
            .contains("\"ge\" \"iso8601\" \"2030-01-01T00:00:00\"")
            .contains("\"lt\" \"iso8601\" \"2030-02-01T12:30:00\"")
            .contains("vacation1@example.org");
      }
      set(account, "{'isEnabled':false,'fromDate':null}");
      try (SieveSession sieve = new SieveSession(DOVECOT, "vacation1")) {
        assertThat(sieve.active()).isEmpty();
      }
      assertThat(get(account).path("subject").stringValue()).isEqualTo("Ferien \\ \"weg\"");
    }
  }

  @Test
  void theUsersOwnScriptGoesOnRunningAndComesBack() {
    try (SieveSession sieve = new SieveSession(DOVECOT, "vacation2")) {
      sieve.put("my filters", "require \"fileinto\";\r\nfileinto \"INBOX\";\r\n");
      sieve.activate("my filters");
      try (ImapProxy proxy = new ImapProxy();
          OpenAccount account = opened(proxy, "vacation2")) {
        set(account, "{'isEnabled':true,'textBody':'away'}");
        assertThat(sieve.active()).contains("jmap-vacation");
        assertThat(sieve.script("jmap-vacation")).contains("include :personal \"my filters\";");

        set(account, "{'textBody':'still away'}");
        assertThat(sieve.script("jmap-vacation")).contains("include :personal \"my filters\";");

        set(account, "{'isEnabled':false}");
        assertThat(sieve.active()).contains("my filters");
      }
    }
  }

  @Test
  void anotherClientThatActivatesItsScriptDisablesTheResponse() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, "vacation3");
        SieveSession sieve = new SieveSession(DOVECOT, "vacation3")) {
      set(account, "{'isEnabled':true}");
      sieve.put("other", "keep;\r\n");
      sieve.activate("other");

      assertThat(get(account).path("isEnabled").booleanValue()).isFalse();
    }
  }

  @Test
  void thereIsExactlyOne() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = opened(proxy, "vacation4")) {
      JsonNode response =
          call(
              account,
              "VacationResponse/set",
              "'create':{'k':{'isEnabled':true}},'destroy':['singleton']");
      assertThat(response.at("/notCreated/k/type").stringValue()).isEqualTo("singleton");
      assertThat(response.at("/notDestroyed/singleton/type").stringValue()).isEqualTo("singleton");
      assertThat(set(account, "{'subject':'two\\nlines'}").at("/notUpdated/singleton/type"))
          .isEqualTo(json("'invalidProperties'"));
    }
  }

  /** What the server was found to do is remembered; what needs it says so. */
  @Test
  void aServerThatIsAwayIsNamedAndNotForgotten() {
    try (ImapProxy proxy = new ImapProxy()) {
      opened(proxy, "vacation5").close();
      Map<String, String> nowhere = new HashMap<>(configuration("vacation5").settings());
      nowhere.put("sievePort", "1");
      try (OpenAccount account = proxy.backend().open(with(nowhere, "vacation5"))) {
        assertThat(account.roles().has(VacationResponseType.TYPE.readRole())).isTrue();
        assertThat(call(account, "VacationResponse/get", "'ids':null").path("type").stringValue())
            .isEqualTo("serverUnavailable");
      }
    }
  }

  @Test
  void withoutManageSieveNothingIsPretended() {
    try (ImapProxy proxy = new ImapProxy()) {
      Map<String, String> nowhere = new HashMap<>(configuration("vacation6").settings());
      nowhere.put("sievePort", "1");
      try (OpenAccount account = proxy.backend().open(with(nowhere, "vacation6"))) {
        account.sync(Duration.ofSeconds(60));
        assertThat(account.roles().has(VacationResponseType.TYPE.readRole())).isFalse();
      }
    }
  }

  private static OpenAccount opened(ImapProxy proxy, String user) {
    OpenAccount account = proxy.backend().open(configuration(user));
    account.sync(Duration.ofSeconds(60));
    return account;
  }

  private static AccountConfiguration configuration(String user) {
    Map<String, String> settings = new HashMap<>(ImapProxy.configuration(DOVECOT, user).settings());
    settings.put("sievePort", Integer.toString(DOVECOT.sievePort()));
    return with(settings, user);
  }

  private static AccountConfiguration with(Map<String, String> settings, String user) {
    AccountConfiguration usual = ImapProxy.configuration(DOVECOT, user);
    return new AccountConfiguration(
        usual.accountId(), usual.email(), settings, usual.credentials());
  }

  private static JsonNode get(OpenAccount account) {
    return call(account, "VacationResponse/get", "'ids':null").path("list").path(0);
  }

  private static JsonNode set(OpenAccount account, String patch) {
    return call(account, "VacationResponse/set", "'update':{'singleton':" + patch + "}");
  }

  private static JsonNode call(OpenAccount account, String method, String arguments) {
    JmapServer server =
        JmapServer.builder()
            .module(new VacationModule())
            .accounts(principal -> List.of(Account.of(Id.of("A"), "a", account.roles())))
            .build();
    String request =
        "{'using':['urn:ietf:params:jmap:vacationresponse'],'methodCalls':[['"
            + method
            + "',{'accountId':'A',"
            + arguments
            + "},'c']]}";
    byte[] octets = json(request).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return JsonMapper.shared()
        .readTree(server.handle(Principal.of("a"), octets).body())
        .at("/methodResponses/0/1");
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
