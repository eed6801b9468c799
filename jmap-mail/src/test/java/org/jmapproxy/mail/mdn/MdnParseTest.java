package org.jmapproxy.mail.mdn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** MDN/parse (RFC 9007 section 2.2). */
class MdnParseTest {

  private final MailClient client = new MailClient(new MemoryMail("jane").account());

  private static String notification(String disposition, String more) {
    return "From: Joe Recipient <Joe_Recipient@example.com>\r\n"
        + "Subject: =?utf-8?Q?Best=C3=A4tigung?=\r\n"
        + "MIME-Version: 1.0\r\n"
        + "Content-Type: multipart/report; report-type=disposition-notification;\r\n"
        + "\tboundary=\"RAA14128.773615765/example.com\"\r\n"
        + "\r\n"
        + "--RAA14128.773615765/example.com\r\n"
        + "Content-type: text/plain\r\n"
        + "\r\n"
        + "The message was displayed.\r\n"
        + "--RAA14128.773615765/example.com\r\n"
        + "content-type: message/disposition-notification\r\n"
        + "\r\n"
        + "Reporting-UA: joes-pc.cs.example.com; Foomail 97.1\r\n"
        + "Original-Recipient: rfc822;Joe_Recipient@example.com\r\n"
        + "Final-Recipient: rfc822;Joe_Recipient@example.com\r\n"
        + "Original-Message-ID: <199509192301.23456@example.org>\r\n"
        + "Disposition: "
        + disposition
        + "\r\n"
        + more
        + "--RAA14128.773615765/example.com--\r\n";
  }

  private String upload(String message) {
    return client.upload("message/rfc822", message.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode parsed(String message) {
    String blobId = upload(message);
    JsonNode response = client.call("MDN/parse", "{'blobIds':['" + blobId + "']}");
    assertThat(response.get("parsed").has(blobId)).as(response.toString()).isTrue();
    return response.get("parsed").get(blobId);
  }

  /** RFC 8098 section 8 has this message. */
  @Test
  void theExampleOfTheMdnRfc() {
    JsonNode mdn =
        parsed(
            notification(
                "Manual-Action/MDN-sent-manually; Displayed",
                "MDN-Gateway: dns; gate.example\r\nX-Trace: here\r\n"));
    assertThat(mdn)
        .isEqualTo(
            MailClient.json(
                "{'forEmailId':null,'subject':'Bestätigung',"
                    + "'textBody':'The message was displayed.','includeOriginalMessage':false,"
                    + "'reportingUA':'joes-pc.cs.example.com; Foomail 97.1',"
                    + "'disposition':{'actionMode':'manual-action',"
                    + "'sendingMode':'mdn-sent-manually','type':'displayed'},"
                    + "'mdnGateway':'dns; gate.example',"
                    + "'originalRecipient':'rfc822; Joe_Recipient@example.com',"
                    + "'finalRecipient':'rfc822; Joe_Recipient@example.com',"
                    + "'originalMessageId':'<199509192301.23456@example.org>','error':null,"
                    + "'extensionFields':{'X-Trace':'here'}}"));
  }

  @Test
  void modifiersAndErrorsAreUnderstood() {
    JsonNode mdn =
        parsed(
            notification(
                " automatic-action / mdn-sent-automatically ;\r\n  processed/error",
                "Error: first\r\nError: second\r\n"));
    assertThat(mdn.get("disposition").get("type").stringValue()).isEqualTo("processed");
    assertThat(MailClient.strings(mdn.get("error"))).containsExactly("first", "second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"displayed", "a/b; c", "manual-action/mdn-sent-manually; eaten", ""})
  void whatHasNoNameIsNotParsable(String disposition) {
    String blobId = upload(notification(disposition, ""));
    JsonNode response = client.call("MDN/parse", "{'blobIds':['" + blobId + "']}");
    assertThat(MailClient.strings(response.get("notParsable"))).containsExactly(blobId);
    assertThat(response.get("parsed").isNull()).isTrue();
  }

  @Test
  void otherBlobsAreNotParsableOrNotFound() {
    String text = upload(Message.about("plain").text());
    String octets = client.upload("image/png", new byte[] {0, 1, 2});
    JsonNode response =
        client.call("MDN/parse", "{'blobIds':['" + text + "','" + octets + "','none','no id!']}");
    assertThat(MailClient.strings(response.get("notParsable"))).containsExactly(text, octets);
    assertThat(MailClient.strings(response.get("notFound"))).containsExactly("none", "no id!");
  }

  @Test
  void anInternationalRecipientIsRead() {
    JsonNode mdn =
        parsed(
            notification("manual-action/MDN-sent-manually; deleted", "")
                .replace(
                    "Final-Recipient: rfc822;Joe_Recipient@example.com",
                    "Final-Recipient: utf-8; j\\x{F6}rg@example.com"));
    assertThat(mdn.get("finalRecipient").stringValue()).isEqualTo("utf-8; jörg@example.com");
  }

  @Test
  void anEmailIsNamedOnlyIfItIsTheOne() {
    Message original =
        Message.about("original").with("Message-ID", "<199509192301.23456@example.org>");
    String inbox = client.mailboxOfRole("inbox");
    String notification = notification("manual-action/MDN-sent-manually; displayed", "");
    String id = client.importMessage(original, inbox);
    assertThat(parsed(notification).get("forEmailId").stringValue()).isEqualTo(id);
    client.importMessage(original.saying("another"), inbox);
    assertThat(parsed(notification).get("forEmailId").isNull()).isTrue();
  }

  @Test
  void tooManyAreRefused() {
    String ids =
        IntStream.range(0, 10_000).mapToObj(i -> "'b" + i + "'").collect(Collectors.joining(","));
    assertThat(client.error("MDN/parse", "{'blobIds':[" + ids + "]}").get("type").stringValue())
        .isEqualTo("requestTooLarge");
  }
}
