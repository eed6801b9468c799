package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.Message;
import org.jmapproxy.mail.testkit.OddMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Email/parse (RFC 8621 section 4.9). */
class EmailParseTest {

  private static final String INNER =
      "From: Inner <inner@example.com>\r\nSubject: Inside\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n"
          + "--i\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nInner text ü\r\n"
          + "--i\r\nContent-Type: image/png; name=dot.png\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
          + Base64.getEncoder().encodeToString("picture".getBytes(StandardCharsets.US_ASCII))
          + "\r\n--i--\r\n";

  private final MailClient client = new MailClient(new MemoryMail("jane").account());

  @Test
  void withoutPropertiesTheDefaultsOfTheRfcAreReturned() {
    String blob = upload(Message.about("parsed").text());
    JsonNode response = client.call("Email/parse", "{'blobIds':['" + blob + "']}");
    JsonNode email = response.get("parsed").get(blob);
    assertThat(Set.copyOf(email.propertyNames()))
        .isEqualTo(
            Set.of(
                "messageId",
                "inReplyTo",
                "references",
                "sender",
                "from",
                "to",
                "cc",
                "bcc",
                "replyTo",
                "subject",
                "sentAt",
                "hasAttachment",
                "preview",
                "bodyValues",
                "textBody",
                "htmlBody",
                "attachments"));
    assertThat(email.get("subject").stringValue()).isEqualTo("parsed");
    assertThat(email.get("preview").stringValue()).isEqualTo("Hello, this is about parsed.");
    assertThat(email.get("hasAttachment").booleanValue()).isFalse();
    assertThat(email.get("bodyValues")).isEqualTo(json("{}"));
    assertThat(response.get("notParsable").isNull()).isTrue();
    assertThat(response.get("notFound").isNull()).isTrue();
    assertThat(response.get("accountId").stringValue()).isEqualTo("jane");
  }

  @Test
  void whatOnlyStoredMessagesHaveIsNull() {
    String text = Message.about("not stored").text();
    String blob = upload(text);
    JsonNode email =
        parse(
            blob,
            "'properties':['id','threadId','mailboxIds','keywords','receivedAt','blobId','size']");
    assertThat(email)
        .isEqualTo(
            json(
                "{'id':null,'threadId':null,'mailboxIds':null,'keywords':null,'receivedAt':null,'blobId':'"
                    + blob
                    + "','size':"
                    + text.length()
                    + "}"));
  }

  @Test
  void headersAndBodyValuesAreThoseThatWereAskedFor() {
    String blob = upload(INNER);
    JsonNode email =
        parse(
            blob,
            "'properties':['header:SUBJECT:asText','bodyValues','textBody','bodyStructure'],"
                + "'bodyProperties':['partId','type','subParts','header:content-type:asRaw'],"
                + "'fetchTextBodyValues':true,'maxBodyValueBytes':11");
    assertThat(email.get("header:SUBJECT:asText").stringValue()).isEqualTo("Inside");
    assertThat(email.get("bodyValues"))
        .isEqualTo(
            json("{'1':{'value':'Inner text ','isEncodingProblem':false,'isTruncated':true}}"));
    assertThat(email.get("bodyStructure").get("subParts").get(1))
        .isEqualTo(
            json(
                "{'partId':'2','type':'image/png','subParts':null,'header:content-type:asRaw':' image/png; name=dot.png'}"));
    assertThat(email.get("textBody").get(0).propertyNames())
        .containsExactly("partId", "type", "header:content-type:asRaw");
  }

  @Test
  void blobsThatAreNotThereAndBlobsThatAreNoMessagesAreTold() {
    String message = upload(Message.about("x").text());
    String text = upload("This is no message.\r\nAt all.");
    JsonNode response =
        client.call(
            "Email/parse",
            "{'blobIds':['nothing','"
                + text
                + "','"
                + message
                + "','no id!','nothing'],'properties':[]}");
    assertThat(response.get("notFound")).isEqualTo(json("['nothing','no id!']"));
    assertThat(response.get("notParsable")).isEqualTo(json("['" + text + "']"));
    assertThat(response.get("parsed")).isEqualTo(json("{'" + message + "':{}}"));
    assertThat(client.call("Email/parse", "{'blobIds':['nothing']}").get("parsed").isNull())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void partsOfAttachedMessagesCanBeParsedAndDownloaded(boolean encoded) {
    String inner = encoded ? base64(INNER) : INNER;
    Message outer =
        Message.about("outer")
            .with("Content-Type", "multipart/mixed; boundary=o")
            .saying(
                "--o\r\n\r\nSee the attached message.\r\n--o\r\nContent-Type: message/rfc822\r\n"
                    + (encoded ? "Content-Transfer-Encoding: base64\r\n" : "")
                    + "\r\n"
                    + inner
                    + "\r\n--o--\r\n");
    String id = client.importMessage(outer, client.mailboxOfRole("inbox"));
    String attached =
        client
            .get("Email", id, "attachments")
            .get("attachments")
            .get(0)
            .get("blobId")
            .stringValue();
    JsonNode email = parse(attached, "'fetchTextBodyValues':true");
    assertThat(email.get("subject").stringValue()).isEqualTo("Inside");
    assertThat(email.get("bodyValues").get("1").get("value").stringValue())
        .isEqualTo("Inner text ü");
    String picture = email.get("attachments").get(0).get("blobId").stringValue();
    assertThat(download(picture, 0, Long.MAX_VALUE)).isEqualTo("picture");
    assertThat(download(picture, 2, 3)).isEqualTo("ctu");
    assertThat(find(picture).type()).isEqualTo("image/png");
    assertThat(find(picture).size()).isEqualTo(7);
    String text = email.get("textBody").get(0).get("blobId").stringValue();
    assertThat(download(text, 6, 4)).isEqualTo("text");
  }

  @ParameterizedTest
  @MethodSource("oddMessages")
  void everyOddMessageHasAnAnswer(String name) {
    String blob = client.upload("message/rfc822", OddMessages.message(name));
    JsonNode response =
        client.call(
            "Email/parse",
            "{'blobIds':['"
                + blob
                + "'],'properties':['bodyStructure','textBody','bodyValues','attachments','headers','preview','sentAt','from'],"
                + "'bodyProperties':['partId','blobId','size','subParts','headers'],'fetchAllBodyValues':true}");
    assertThat(response.get("notFound").isNull()).isTrue();
    assertThat(response.get("parsed").isNull()).isNotEqualTo(response.get("notParsable").isNull());
    response.get("parsed").path(blob).path("attachments").forEach(this::assertCanBeRead);
    response.get("parsed").path(blob).path("textBody").forEach(this::assertCanBeRead);
  }

  static java.util.List<String> oddMessages() {
    return OddMessages.names();
  }

  @Test
  void aHundredLevelsOfPartsHaveAnAnswerThoughTheirNumbersAreTooLongForIds() {
    StringBuilder message = new StringBuilder("Subject: deep\r\n");
    for (int i = 0; i < 120; i++) {
      message.append("Content-Type: multipart/mixed; boundary=b").append(i).append("x\r\n\r\n");
      for (int part = 0; part < 10; part++) {
        message.append("--b").append(i).append("x\r\n\r\nx\r\n");
      }
      message.append("--b").append(i).append("x\r\n");
    }
    String blob = upload(message + "\r\ninside\r\n");
    JsonNode email = parse(blob, "'fetchAllBodyValues':true");
    assertThat(email.get("textBody").size()).isGreaterThan(900);
    assertThat(email.get("textBody").get(0).get("blobId").isString()).isTrue();
    assertThat(email.get("bodyValues").size()).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'blobIds':null}",
        "{'blobIds':'x'}",
        "{'blobIds':[7]}",
        "{'blobIds':[],'properties':['nonsense']}",
        "{'blobIds':[],'properties':['header:From:asDate']}",
        "{'blobIds':[],'bodyProperties':['nonsense']}",
        "{'blobIds':[],'maxBodyValueBytes':-1}",
        "{'blobIds':[],'ids':[]}"
      })
  void argumentsThatMakeNoSenseAreInvalid(String arguments) {
    assertThat(client.error("Email/parse", arguments).get("type").stringValue())
        .isEqualTo("invalidArguments");
  }

  @Test
  void moreBlobsThanTheLimitAreRefused() {
    String ids = "'x',".repeat(10_000) + "'x'";
    assertThat(client.error("Email/parse", "{'blobIds':[" + ids + "]}").get("type").stringValue())
        .isEqualTo("requestTooLarge");
  }

  private JsonNode parse(String blobId, String arguments) {
    JsonNode response =
        client.call("Email/parse", "{'blobIds':['" + blobId + "']," + arguments + "}");
    assertThat(response.get("parsed").has(blobId)).as(response.toString()).isTrue();
    return response.get("parsed").get(blobId);
  }

  private String upload(String text) {
    return client.upload("application/octet-stream", text.getBytes(StandardCharsets.UTF_8));
  }

  private Blob find(String blobId) {
    CallContext call =
        new CallContext(
            Principal.of("jane@example.com"), Id.of("jane"), Instant.now().plusSeconds(60));
    return client
        .account()
        .roles()
        .find(BlobRole.ROLE)
        .flatMap(blobs -> blobs.find(call, Id.of(blobId)))
        .orElseThrow();
  }

  private String download(String blobId, long offset, long length) {
    try (InputStream in = find(blobId).open(offset, length)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void assertCanBeRead(JsonNode part) {
    Blob blob = find(part.get("blobId").stringValue());
    try (InputStream in = blob.open()) {
      assertThat(in.readAllBytes()).hasSize((int) blob.size());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getMimeEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
