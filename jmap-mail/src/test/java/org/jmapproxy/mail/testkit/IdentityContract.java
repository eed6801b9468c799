package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The roles of Identity (RFC 8621 section 6): an account that lets its user send. */
public interface IdentityContract extends MailContract {

  private JsonNode own() {
    for (JsonNode identity : client().call("Identity/get", "{'ids':null}").get("list")) {
      if (!identity.get("email").stringValue().startsWith("*@")) {
        return identity;
      }
    }
    throw new AssertionError("no Identity has an address");
  }

  private String create(String more) {
    String email = own().get("email").stringValue();
    return MailClient.createdId(
        client().call("Identity/set", "{'create':{'k':{'email':'" + email + "'" + more + "}}}"));
  }

  private JsonNode changes(String since) {
    return client().call("Identity/changes", "{'sinceState':'" + since + "'}");
  }

  private String refusal(String kind, String key, JsonNode response) {
    assertThat(response.path(kind).has(key)).as(response.toString()).isTrue();
    return response.get(kind).get(key).get("type").stringValue();
  }

  @Test
  default void theAccountsOwnAddressIsAnIdentityThatStays() {
    JsonNode own = own();
    String id = own.get("id").stringValue();
    assertThat(own.get("mayDelete").booleanValue()).isFalse();
    assertThat(
            refusal(
                "notDestroyed", id, client().call("Identity/set", "{'destroy':['" + id + "']}")))
        .isEqualTo("forbidden");
  }

  @Test
  default void anIdentityCanBeCreatedWithDefaults() {
    String state = client().state("Identity");
    String id = create(",'name':'Jane at work'");
    JsonNode identity =
        client()
            .get(
                "Identity",
                id,
                "name",
                "replyTo",
                "bcc",
                "textSignature",
                "htmlSignature",
                "mayDelete");
    assertThat(identity.get("name").stringValue()).isEqualTo("Jane at work");
    assertThat(identity.get("replyTo").isNull()).isTrue();
    assertThat(identity.get("bcc").isNull()).isTrue();
    assertThat(identity.get("textSignature").stringValue()).isEmpty();
    assertThat(identity.get("htmlSignature").stringValue()).isEmpty();
    assertThat(identity.get("mayDelete").booleanValue()).isTrue();
    assertThat(MailClient.strings(changes(state).get("created"))).containsExactly(id);
  }

  @Test
  default void anIdentityCanBeChanged() {
    String id = create("");
    String state = client().state("Identity");
    JsonNode response =
        client()
            .call(
                "Identity/set",
                "{'update':{'"
                    + id
                    + "':{'textSignature':'-- Jane','replyTo':[{'name':null,"
                    + "'email':'else@example.com'}]}}}");
    assertThat(response.get("updated").has(id)).as(response.toString()).isTrue();
    JsonNode identity = client().get("Identity", id, "textSignature", "replyTo");
    assertThat(identity.get("textSignature").stringValue()).isEqualTo("-- Jane");
    assertThat(identity.get("replyTo").get(0).get("email").stringValue())
        .isEqualTo("else@example.com");
    assertThat(MailClient.strings(changes(state).get("updated"))).containsExactly(id);
  }

  @Test
  default void theAddressOfAnIdentityNeverChanges() {
    String id = create("");
    JsonNode response =
        client().call("Identity/set", "{'update':{'" + id + "':{'email':'a@example.com'}}}");
    assertThat(refusal("notUpdated", id, response)).isEqualTo("invalidProperties");
  }

  @Test
  default void nobodySendsAsSomebodyElse() {
    JsonNode response =
        client().call("Identity/set", "{'create':{'k':{'email':'president@example.gov'}}}");
    assertThat(refusal("notCreated", "k", response)).isEqualTo("forbiddenFrom");
  }

  @Test
  default void anIdentityCanBeDestroyed() {
    String before = client().state("Identity");
    String id = create("");
    String state = client().state("Identity");
    JsonNode response = client().call("Identity/set", "{'destroy':['" + id + "','none']}");
    assertThat(MailClient.strings(response.get("destroyed"))).containsExactly(id);
    assertThat(refusal("notDestroyed", "none", response)).isEqualTo("notFound");
    assertThat(MailClient.strings(changes(state).get("destroyed"))).containsExactly(id);
    assertThat(
            List.of(changes(before).get("created").size(), changes(before).get("updated").size()))
        .containsExactly(0, 0);
  }
}
