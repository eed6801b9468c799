package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The roles of Email that read and tell changes. */
public interface EmailContract extends MailContract {

  @Test
  default void anImportedMessageShowsItsMetadata() {
    String inbox = client().mailboxOfRole("inbox");
    Message message = Message.about("metadata").keywords("$seen", "My-Label");
    String id = client().importMessage(message, inbox);
    JsonNode email =
        client().get("Email", id, "mailboxIds", "keywords", "size", "receivedAt", "hasAttachment");
    assertThat(List.copyOf(email.get("mailboxIds").propertyNames())).containsExactly(inbox);
    assertThat(email.get("keywords").propertyNames())
        .containsExactlyInAnyOrder("$seen", "my-label");
    assertThat(email.get("size").asLong()).isEqualTo(message.text().length());
    assertThat(email.get("receivedAt").stringValue()).isEqualTo("2024-03-01T12:00:00Z");
    assertThat(email.get("hasAttachment").booleanValue()).isFalse();
  }

  @Test
  default void headerFieldsAreReadInTheirForms() {
    Message message =
        Message.about("=?utf-8?q?Gr=C3=BC=C3=9Fe?=")
            .with("To", "Bert <bert@example.org>, Friends: carl@example.net;")
            .with("List-Unsubscribe", "<https://example.com/u>");
    String id = client().importMessage(message, client().mailboxOfRole("inbox"));
    JsonNode email =
        client()
            .get(
                "Email",
                id,
                "subject",
                "from",
                "to",
                "cc",
                "sentAt",
                "header:List-Unsubscribe:asURLs",
                "header:TO:asGroupedAddresses",
                "header:subject:all");
    assertThat(email.get("subject").stringValue()).isEqualTo("Grüße");
    assertThat(email.get("from"))
        .isEqualTo(MailClient.json("[{'name':'Anna Example','email':'anna@example.com'}]"));
    assertThat(email.get("to").size()).isEqualTo(2);
    assertThat(email.get("cc").isNull()).isTrue();
    assertThat(email.get("sentAt").stringValue()).isEqualTo("2024-03-01T13:00:00+01:00");
    assertThat(email.get("header:List-Unsubscribe:asURLs"))
        .isEqualTo(MailClient.json("['https://example.com/u']"));
    assertThat(email.get("header:TO:asGroupedAddresses").get(1).get("name").stringValue())
        .isEqualTo("Friends");
    assertThat(MailClient.strings(email.get("header:subject:all")))
        .containsExactly(" =?utf-8?q?Gr=C3=BC=C3=9Fe?=");
  }

  @Test
  default void thePreviewIsText() {
    String id = client().importMessage(Message.about("preview"), client().mailboxOfRole("inbox"));
    assertThat(client().get("Email", id, "preview").get("preview").stringValue())
        .isEqualTo("Hello, this is about preview.");
  }

  @Test
  default void anAttachmentIsTold() {
    Message message =
        Message.about("attached")
            .with("MIME-Version", "1.0")
            .with("Content-Type", "multipart/mixed; boundary=\"b\"")
            .saying(
                "--b\r\nContent-Type: text/plain\r\n\r\nSee it.\r\n"
                    + "--b\r\nContent-Type: application/pdf; name=\"report.pdf\"\r\n"
                    + "Content-Disposition: attachment\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\nAAECAw==\r\n--b--\r\n");
    String id = client().importMessage(message, client().mailboxOfRole("inbox"));
    JsonNode email =
        client().get("Email", id, "hasAttachment", "attachments", "textBody", "bodyStructure");
    assertThat(email.get("hasAttachment").booleanValue()).isTrue();
    assertThat(email.get("attachments").size()).isEqualTo(1);
    assertThat(email.get("attachments").get(0).get("name").stringValue()).isEqualTo("report.pdf");
    assertThat(email.get("textBody").get(0).get("partId").stringValue()).isEqualTo("1");
    assertThat(email.get("bodyStructure").get("partId").isNull()).isTrue();
  }

  /** The size is that of the file a client would download, before and after bodies were read. */
  @Test
  default void theSizeOfAPartIsThatOfItsDecodedContent() {
    Message message =
        Message.about("sizes")
            .with("MIME-Version", "1.0")
            .with("Content-Type", "multipart/mixed; boundary=\"b\"")
            .saying(
                "--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe=\r\n!\r\n"
                    + "--b\r\nContent-Type: application/pdf\r\n"
                    + "Content-Disposition: attachment\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\nAwQFBg\r\n==\r\n--b--\r\n");
    String id = client().importMessage(message, client().mailboxOfRole("inbox"));
    JsonNode before = client().get("Email", id, "attachments", "textBody");
    assertThat(before.get("textBody").get(0).get("size").asLong()).isEqualTo(8);
    assertThat(before.get("attachments").get(0).get("size").asLong()).isEqualTo(7);
    JsonNode after =
        client()
            .call(
                "Email/get",
                "{'ids':['"
                    + id
                    + "'],'properties':['bodyStructure','bodyValues'],'fetchAllBodyValues':true,"
                    + "'bodyProperties':['size','subParts']}")
            .get("list")
            .get(0);
    JsonNode parts = after.get("bodyStructure").get("subParts");
    assertThat(parts.get(0).get("size").asLong()).isEqualTo(8);
    assertThat(parts.get(1).get("size").asLong()).isEqualTo(7);
    assertThat(after.get("bodyValues").get("1").get("value").stringValue()).isEqualTo("Grüße!");
  }

  @Test
  default void oneMessageInTwoMailboxesIsOneEmail() {
    String inbox = client().mailboxOfRole("inbox");
    String other = client().createMailbox("Other");
    String id = client().importMessage(Message.about("both"), inbox, other);
    assertThat(client().query("Email", "{}")).containsExactly(id);
    assertThat(client().get("Email", id, "mailboxIds").get("mailboxIds").propertyNames())
        .containsExactlyInAnyOrder(inbox, other);
  }

  @Test
  default void changesReplayedGiveTheList() {
    String inbox = client().mailboxOfRole("inbox");
    String old = client().importMessage(Message.about("old"), inbox);
    Replay replay = Replay.from(client(), "Email");
    String state = client().state("Email");
    String kept = client().importMessage(Message.about("kept"), inbox);
    String gone = client().importMessage(Message.about("gone"), inbox);
    client()
        .call(
            "Email/set",
            "{'update':{'" + old + "':{'keywords/$seen':true}},'destroy':['" + gone + "']}");
    JsonNode changes = client().call("Email/changes", "{'sinceState':'" + state + "'}");
    assertThat(MailClient.strings(changes.get("created"))).containsExactly(kept);
    assertThat(MailClient.strings(changes.get("updated"))).containsExactly(old);
    assertThat(changes.get("destroyed").size()).isZero();
    replay.verify();
  }

  @Test
  default void unknownEmailsAreNotFound() {
    JsonNode response = client().call("Email/get", "{'ids':['nothing']}");
    assertThat(MailClient.strings(response.get("notFound"))).containsExactly("nothing");
  }

  @Test
  default void aStateNobodyGaveCannotBeCalculatedFrom() {
    assertThat(client().error("Email/changes", "{'sinceState':'nonsense'}").get("type"))
        .isEqualTo(MailClient.json("'cannotCalculateChanges'"));
  }
}
