package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What finds the objects that hold a blob: Blob/lookup (RFC 9404 section 4.3). */
public interface BlobLookupContract extends MailContract {

  /** A message, and each part of it, leads to its Email, Thread and Mailboxes. */
  @Test
  default void messagesAndTheirPartsAreFoundByTheirBlobs() {
    String inbox = client().mailboxOfRole("inbox");
    String emailId =
        client()
            .importMessage(
                Message.about("with a file")
                    .with("Content-Type", "multipart/mixed; boundary=b")
                    .saying(
                        "--b\r\n\r\nHello\r\n--b\r\nContent-Type: application/pdf\r\n"
                            + "Content-Disposition: attachment\r\n\r\n%PDF\r\n--b--\r\n"),
                inbox);
    JsonNode email = client().get("Email", emailId, "blobId", "threadId", "attachments");
    String matched =
        "{'Email':['"
            + emailId
            + "'],'Thread':['"
            + email.get("threadId").stringValue()
            + "'],'Mailbox':['"
            + inbox
            + "']}";

    assertThat(lookup(email.get("blobId").stringValue())).isEqualTo(MailClient.json(matched));
    String part = email.get("attachments").get(0).get("blobId").stringValue();
    assertThat(lookup(part)).isEqualTo(MailClient.json(matched));
  }

  /** Uploads, parts that do not exist and blobs of other accounts are found nowhere. */
  @Test
  default void blobsThatNothingHoldsAreFoundNowhere() {
    String emailId =
        client().importMessage(Message.about("short"), client().mailboxOfRole("inbox"));
    String blobId = client().get("Email", emailId, "blobId").get("blobId").stringValue();
    JsonNode nothing = MailClient.json("{'Email':[],'Thread':[],'Mailbox':[]}");

    assertThat(lookup(client().upload("text/plain", new byte[] {'a'}))).isEqualTo(nothing);
    assertThat(lookup(blobId + "-p7")).isEqualTo(nothing);
    assertThat(lookup("no-such-blob")).isEqualTo(nothing);
  }

  private JsonNode lookup(String blobId) {
    return client()
        .call("Blob/lookup", "{'typeNames':['Email','Thread','Mailbox'],'ids':['" + blobId + "']}")
        .get("list")
        .get(0)
        .get("matchedIds");
  }
}
