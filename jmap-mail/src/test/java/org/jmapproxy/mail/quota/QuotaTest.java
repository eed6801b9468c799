package org.jmapproxy.mail.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.MailModule;
import org.jmapproxy.mail.testkit.MailClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** RFC 9425. */
class QuotaTest {

  private static final String ALL = "'urn:ietf:params:jmap:mail','urn:ietf:params:jmap:quota'";

  private final List<Quota> quotas =
      new ArrayList<>(
          List.of(
              quota("Q1", Quota.ResourceType.OCTETS, 1000, "Storage", "Email"),
              quota("Q2", Quota.ResourceType.COUNT, 7, "Messages", "Email", "Mailbox"),
              quota("Q3", Quota.ResourceType.COUNT, 9, "Events", "CalendarEvent")));
  private final ChangeLog log = new ChangeLog();
  private final JmapServer server =
      JmapServer.builder()
          .module(new MailModule())
          .module(new QuotaModule())
          .accounts(
              principal ->
                  List.of(
                      Account.of(Id.of("A"), "a", roles()),
                      Account.of(Id.of("B"), "b", Roles.builder().build())))
          .build();

  @Test
  void quotasAreShownWithAllTheirProperties() {
    JsonNode list = call(ALL, "Quota/get", "{'accountId':'A','ids':['Q1']}").get("list");

    assertThat(list)
        .isEqualTo(
            MailClient.json(
                "[{'id':'Q1','resourceType':'octets','used':1000,'warnLimit':900,"
                    + "'softLimit':null,'hardLimit':100000,'scope':'account','name':'Storage',"
                    + "'description':null,'types':['Email']}]"));
  }

  /** Section 4.1: types that the request did not ask for are left out, and so are their quotas. */
  @Test
  void onlyWhatTheRequestAskedForIsShown() {
    assertThat(ids(call(ALL, "Quota/get", "{'accountId':'A','ids':null}").get("list")))
        .containsExactly("Q1", "Q2");
    assertThat(call("'urn:ietf:params:jmap:quota'", "Quota/get", "{'accountId':'A'}").get("list"))
        .isEmpty();
    assertThat(call(ALL, "Quota/get", "{'accountId':'A','ids':['Q3']}").get("notFound").get(0))
        .isEqualTo(MailClient.json("'Q3'"));
  }

  @Test
  void quotasCanBeFilteredAndSorted() {
    assertThat(query("'filter':{'name':'mess'}")).containsExactly("Q2");
    assertThat(query("'filter':{'resourceType':'octets'}")).containsExactly("Q1");
    assertThat(query("'filter':{'scope':'domain'}")).isEmpty();
    assertThat(query("'filter':{'type':'Mailbox'}")).containsExactly("Q2");
    assertThat(query("'sort':[{'property':'used'}]")).containsExactly("Q2", "Q1");
    assertThat(query("'sort':[{'property':'name','isAscending':false}]"))
        .containsExactly("Q1", "Q2");
  }

  /** Section 4.3. */
  @Test
  void changesTellWhenOnlyTheUseHasChanged() {
    String state = log.state().value();
    log.updated(Id.of("Q1"), Set.of("used"));
    assertThat(changes(state).get("updatedProperties")).isEqualTo(MailClient.json("['used']"));
    log.updated(Id.of("Q2"));
    assertThat(changes(state).get("updatedProperties").isNull()).isTrue();
    assertThat(changes(state).get("updated").size()).isEqualTo(2);
  }

  @Test
  void accountsWithoutQuotasSaySo() {
    assertThat(call(ALL, "Quota/get", "{'accountId':'B'}").get("type").stringValue())
        .isEqualTo("accountNotSupportedByMethod");
  }

  private JsonNode changes(String since) {
    return call(ALL, "Quota/changes", "{'accountId':'A','sinceState':'" + since + "'}");
  }

  private List<String> query(String arguments) {
    return MailClient.strings(
        call(ALL, "Quota/query", "{'accountId':'A'," + arguments + "}").get("ids"));
  }

  private static List<String> ids(JsonNode list) {
    return list.valueStream().map(quota -> quota.get("id").stringValue()).toList();
  }

  private JsonNode call(String using, String method, String arguments) {
    String body =
        "{'using':[" + using + "],'methodCalls':[['" + method + "'," + arguments + ",'c']]}";
    byte[] octets = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    JsonNode response =
        JsonMapper.shared().readTree(server.handle(Principal.of("a"), octets).body());
    return response.get("methodResponses").get(0).get(1);
  }

  private Roles roles() {
    return Roles.builder()
        .with(QuotaType.TYPE.readRole(), (context, request) -> read(request))
        .with(QuotaType.TYPE.changesRole(), log)
        .build();
  }

  private List<Quota> read(ReadRequest request) {
    return quotas.stream()
        .filter(quota -> request.ids().isEmpty() || request.ids().get().contains(quota.id()))
        .toList();
  }

  private static Quota quota(
      String id, Quota.ResourceType unit, long used, String name, String... types) {
    return new Quota(
        Id.of(id),
        unit,
        used,
        Optional.of(900L),
        Optional.empty(),
        100_000,
        Quota.Scope.ACCOUNT,
        name,
        Optional.empty(),
        Set.of(types));
  }
}
