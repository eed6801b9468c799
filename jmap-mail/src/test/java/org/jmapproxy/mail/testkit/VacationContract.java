package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What answers while somebody is away: VacationResponse (RFC 8621 section 8). */
public interface VacationContract extends MailContract {

  @Test
  default void atFirstNobodyIsAway() {
    assertThat(vacation())
        .isEqualTo(
            json(
                "{'id':'singleton','isEnabled':false,'fromDate':null,'toDate':null,"
                    + "'subject':null,'textBody':null,'htmlBody':null}"));
    assertThat(client().call("VacationResponse/get", "{'ids':['other']}").get("notFound"))
        .isEqualTo(json("['other']"));
  }

  @Test
  default void whatIsSetIsKept() {
    String state = client().state("VacationResponse");
    String set =
        "'isEnabled':true,'fromDate':'2030-01-01T00:00:00Z','toDate':'2030-02-01T12:30:00Z',"
            + "'subject':'Ferien','textBody':'Zwei\\nZeilen','htmlBody':'<p>Ähm</p>'";
    setVacation("{" + set + "}");
    assertThat(vacation()).isEqualTo(json("{'id':'singleton'," + set + "}"));
    assertThat(client().state("VacationResponse")).isNotEqualTo(state);

    setVacation("{'isEnabled':false,'toDate':null,'htmlBody':null}");
    JsonNode after = vacation();
    assertThat(after.get("isEnabled").booleanValue()).isFalse();
    assertThat(after.get("toDate").isNull()).isTrue();
    assertThat(after.get("fromDate").stringValue()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(after.get("htmlBody").isNull()).isTrue();
    assertThat(after.get("textBody").stringValue()).isEqualTo("Zwei\nZeilen");
  }

  /** There is exactly one (section 8.2, RFC 8620 section 5.3). */
  @Test
  default void itIsNeitherCreatedNorDestroyed() {
    JsonNode set =
        client()
            .call(
                "VacationResponse/set",
                "{'create':{'k':{'isEnabled':true}},'destroy':['singleton']}");
    assertThat(set.at("/notCreated/k/type").stringValue()).isEqualTo("singleton");
    assertThat(set.at("/notDestroyed/singleton/type").stringValue()).isEqualTo("singleton");
    assertThat(vacation().get("isEnabled").booleanValue()).isFalse();
  }

  private JsonNode vacation() {
    return client().call("VacationResponse/get", "{'ids':null}").get("list").get(0);
  }

  private void setVacation(String patch) {
    JsonNode set = client().call("VacationResponse/set", "{'update':{'singleton':" + patch + "}}");
    assertThat(set.path("updated").has("singleton")).as(set.toString()).isTrue();
  }
}
