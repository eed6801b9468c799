package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.Message;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Email/copy (RFC 8621 section 4.7). */
class EmailCopyTest {

  private final MailClient client =
      new MailClient(new MemoryMail("jane").account(), new MemoryMail("joe").account());
  private final String inbox = client.mailboxOfRole("inbox");
  private final String original =
      client.importMessage(Message.about("copy").keywords("$seen"), inbox);

  @Test
  void theMessageArrivesWithItsKeywordsAndDate() {
    String copy = MailClient.createdId(copy("'mailboxIds':{'" + inbox + "':true}"));
    JsonNode email =
        client
            .call(
                "Email/get",
                "{'accountId':'joe','ids':['"
                    + copy
                    + "'],'properties':['subject','keywords','receivedAt']}")
            .get("list")
            .get(0);
    assertThat(email.get("subject").stringValue()).isEqualTo("copy");
    assertThat(email.get("keywords").propertyNames()).containsExactly("$seen");
    assertThat(email.get("receivedAt").stringValue()).isEqualTo("2024-03-01T12:00:00Z");
  }

  @Test
  void nothingButMailboxesKeywordsAndDateCanBeSet() {
    JsonNode error =
        copy("'mailboxIds':{'" + inbox + "':true},'subject':'other'").get("notCreated").get("k");
    assertThat(error.get("type").stringValue()).isEqualTo("invalidProperties");
  }

  @Test
  void theMailboxesMustBeGiven() {
    assertThat(copy("'keywords':{}").get("notCreated").get("k").get("type").stringValue())
        .isEqualTo("invalidProperties");
  }

  @Test
  void anOriginalThatIsNotThereIsNotFound() {
    JsonNode response =
        client.call(
            "Email/copy",
            "{'fromAccountId':'jane','accountId':'joe','create':{'k':{'id':'nothing','mailboxIds':{'"
                + inbox
                + "':true}}}}");
    assertThat(response.get("notCreated").get("k").get("type").stringValue()).isEqualTo("notFound");
  }

  @Test
  void theTwoAccountsMustDiffer() {
    assertThat(
            client
                .error("Email/copy", "{'fromAccountId':'jane','accountId':'jane','create':{}}")
                .get("type")
                .stringValue())
        .isEqualTo("invalidArguments");
  }

  private JsonNode copy(String properties) {
    return client.call(
        "Email/copy",
        "{'fromAccountId':'jane','accountId':'joe','create':{'k':{'id':'"
            + original
            + "',"
            + properties
            + "}}}");
  }
}
