package org.jmapproxy.mail.mdn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.Message;
import org.jmapproxy.mail.testkit.SentMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** MDN/send (RFC 9007 section 2.1). */
class MdnSendTest {

  private static final String MARK = "'onSuccessUpdateEmail':{'#k':{'keywords/$mdnsent':true}}";
  private static final String DISPLAYED =
      "'disposition':{'actionMode':'manual-action','sendingMode':'mdn-sent-manually',"
          + "'type':'displayed'}";

  private final MemoryMail mail = new MemoryMail("jane");
  private final MailClient client = new MailClient(mail.account());
  private final String identity =
      client.call("Identity/get", "{'ids':null}").get("list").get(0).get("id").stringValue();

  private static Message requested() {
    return Message.about("World domination")
        .with("To", "jane@example.com")
        .with("Disposition-Notification-To", "Anna <anna@example.com>");
  }

  private String imported(Message message) {
    return client.importMessage(message, client.mailboxOfRole("inbox"));
  }

  private String mdn(String emailId, String more) {
    return "{'identityId':'"
        + identity
        + "','send':{'k':{'forEmailId':'"
        + emailId
        + "',"
        + DISPLAYED
        + more
        + "}},"
        + MARK
        + "}";
  }

  private JsonNode refusal(String arguments) {
    JsonNode response = client.call("MDN/send", arguments);
    assertThat(response.get("sent").isNull()).as(response.toString()).isTrue();
    return response.get("notSent").get("k");
  }

  private JsonNode keywords(String emailId) {
    return client.get("Email", emailId, "keywords").get("keywords");
  }

  @Test
  void theExampleOfTheRfc() {
    String id = imported(requested());
    JsonNode responses =
        client.request(
            "[['MDN/send',"
                + mdn(
                    id,
                    ",'subject':'Read receipt for: World domination','textBody':'This receipt"
                        + " shows that the email has been displayed.','reportingUA':"
                        + "'joes-pc.cs.example.com; Foomail 97.1',"
                        + "'extension':{'EXTENSION-EXAMPLE':'example.com'}")
                + ",'0']]");
    assertThat(responses.size()).isEqualTo(2);
    JsonNode sent = responses.get(0).get(1).get("sent").get("k");
    assertThat(sent.get("finalRecipient").stringValue()).isEqualTo("rfc822; jane@example.com");
    assertThat(sent.get("originalMessageId").stringValue()).matches("<[0-9a-f]+@example.com>");
    assertThat(sent.get("includeOriginalMessage").booleanValue()).isFalse();
    assertThat(sent.has("subject")).isFalse();
    assertThat(responses.get(0).get(1).get("notSent").isNull()).isTrue();
    assertThat(responses.get(1).get(0).stringValue()).isEqualTo("Email/set");
    assertThat(responses.get(1).get(2).stringValue()).isEqualTo("0");
    assertThat(responses.get(1).get(1).get("updated").has(id)).isTrue();
    assertThat(keywords(id).has("$mdnsent")).isTrue();
    SentMessage message = mail.sent().get(0);
    assertThat(message.mailFrom()).isEmpty();
    assertThat(message.rcptTo()).containsExactly("anna@example.com");
    assertThat(message.message())
        .contains("From: jane@example.com\r\n", "To: Anna <anna@example.com>\r\n")
        .contains("Subject: Read receipt for: World domination\r\n")
        .contains("multipart/report;\r\n report-type=\"disposition-notification\"")
        .contains("\r\nReporting-UA: joes-pc.cs.example.com; Foomail 97.1\r\n")
        .contains("\r\nFinal-Recipient: rfc822; jane@example.com\r\n")
        .contains("\r\nOriginal-Message-ID: <")
        .contains("\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n")
        .contains("\r\nEXTENSION-EXAMPLE: example.com\r\n")
        .doesNotContain("Auto-Submitted", "message/rfc822");
    assertThat(client.query("EmailSubmission", "{}")).isEmpty();
  }

  @Test
  void whatIsSentIsUnderstoodByParse() {
    Message original = requested().with("Original-Recipient", "rfc822;j.doe@example.org");
    String id = imported(original);
    client.call(
        "MDN/send",
        mdn(
            id,
            ",'textBody':'Grüße\\nund mehr','subject':'Gelesen: Ümläute','includeOriginalMessage':"
                + "true,'extensionFields':{'X-Note':'Übung "
                + "lang ".repeat(40)
                + "'}"));
    String sent = mail.sent().get(0).message();
    assertThat(sent.lines().allMatch(line -> line.length() < 100)).isTrue();
    String blobId =
        client.upload("message/rfc822", sent.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    JsonNode parsed =
        client.call("MDN/parse", "{'blobIds':['" + blobId + "']}").get("parsed").get(blobId);
    assertThat(parsed.get("forEmailId").stringValue()).isEqualTo(id);
    assertThat(parsed.get("subject").stringValue()).isEqualTo("Gelesen: Ümläute");
    assertThat(parsed.get("textBody").stringValue().strip()).isEqualTo("Grüße\nund mehr");
    assertThat(parsed.get("includeOriginalMessage").booleanValue()).isTrue();
    assertThat(parsed.get("originalRecipient").stringValue())
        .isEqualTo("rfc822; j.doe@example.org");
    assertThat(parsed.get("extensionFields").get("X-Note").stringValue())
        .isEqualTo("Übung " + "lang ".repeat(40).strip());
    assertThat(parsed.get("disposition"))
        .isEqualTo(
            MailClient.json(
                "{'actionMode':'manual-action','sendingMode':'mdn-sent-manually',"
                    + "'type':'displayed'}"));
  }

  @Test
  void whatTheClientLeavesOutIsTold() {
    JsonNode sent = client.call("MDN/send", mdn(imported(requested()), "")).get("sent").get("k");
    assertThat(sent.get("subject").stringValue()).isEqualTo("Displayed: World domination");
    assertThat(sent.get("textBody").stringValue()).contains("World domination");
    assertThat(sent.get("originalRecipient").isNull()).isTrue();
    assertThat(sent.has("disposition")).isFalse();
    assertThat(mail.sent().get(0).message()).contains("Subject: Displayed: World domination\r\n");
  }

  @Test
  void aNotificationIsSentOnce() {
    String id = imported(requested());
    client.call("MDN/send", mdn(id, ""));
    assertThat(refusal(mdn(id, "")).get("type").stringValue()).isEqualTo("mdnAlreadySent");
    assertThat(mail.sent()).hasSize(1);
  }

  @Test
  void twoNotificationsForOneEmailInACallAreOne() {
    String one = "{'forEmailId':'" + imported(requested()) + "'," + DISPLAYED + "}";
    JsonNode response =
        client.call(
            "MDN/send",
            "{'identityId':'"
                + identity
                + "','send':{'a':"
                + one
                + ",'b':"
                + one
                + "},'onSuccessUpdateEmail':{'#a':{'keywords/$mdnsent':true},"
                + "'#b':{'keywords':{'$mdnsent':true}}}}");
    assertThat(response.get("sent").size()).isEqualTo(1);
    assertThat(response.get("notSent").get("b").get("type").stringValue())
        .isEqualTo("mdnAlreadySent");
    assertThat(mail.sent()).hasSize(1);
  }

  @Test
  void onlyWhoAskedIsAnswered() {
    assertThat(refusal(mdn(imported(Message.about("plain")), "")).get("type").stringValue())
        .isEqualTo("notFound");
    assertThat(refusal(mdn("nobody", "")).get("type").stringValue()).isEqualTo("notFound");
    Message broken = Message.about("broken").with("Disposition-Notification-To", "no address");
    assertThat(refusal(mdn(imported(broken), "")).get("type").stringValue()).isEqualTo("notFound");
    Message notification =
        requested()
            .with(
                "Content-Type",
                "multipart/report; report-type=disposition-notification; boundary=b");
    assertThat(refusal(mdn(imported(notification), "")).get("type").stringValue())
        .isEqualTo("forbidden");
    assertThat(mail.sent()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rfc822; jane@example.com,",
    "JANE@example.com,",
    "rfc822; eve@example.com,forbiddenFrom",
    "x400; c=no,forbiddenFrom",
    "; jane@example.com,invalidProperties",
  })
  void theFinalRecipientMustBeTheUsersOwn(String recipient, String refusal) {
    JsonNode response =
        client.call(
            "MDN/send", mdn(imported(requested()), ",'finalRecipient':'" + recipient + "'"));
    if (refusal == null) {
      assertThat(response.get("notSent").isNull()).as(response.toString()).isTrue();
    } else {
      assertThat(response.get("notSent").get("k").get("type").stringValue()).isEqualTo(refusal);
      assertThat(mail.sent()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",'subject':'a\\r\\nBcc: eve@example.com'",
        ",'reportingUA':'a\\nDisposition: x'",
        ",'finalRecipient':'rfc822; jane@example.com\\r\\nX: y'",
        ",'extensionFields':{'X-Note':'a\\r\\nDisposition: x'}",
        ",'extensionFields':{'X-Note: a\\r\\nX':'b'}",
        ",'extensionFields':{'Final-Recipient':'rfc822; eve@example.com'}",
        ",'extensionFields':{'':'b'}",
        ",'extensionFields':{'X':1}",
        ",'mdnGateway':'dns; gate'",
        ",'unknown':true",
        ",'textBody':1",
      })
  void nothingIsSmuggledIn(String more) {
    String id = imported(requested());
    JsonNode refusal = refusal(mdn(id, more));
    assertThat(refusal.get("type").stringValue()).isEqualTo("invalidProperties");
    assertThat(refusal.get("properties").size()).isEqualTo(1);
    assertThat(mail.sent()).isEmpty();
    assertThat(keywords(id).has("$mdnsent")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{'#k':{'keywords/$seen':true}}",
        "{'#k':{'keywords/$mdnsent':null}}",
        "{'#k':{'keywords/$mdnsent':true},'#other':{'keywords/$mdnsent':true}}",
        "{'k':{'keywords/$mdnsent':true}}",
      })
  void aCallThatDoesNotMarkTheEmailIsRejected(String onSuccess) {
    String arguments =
        mdn(imported(requested()), "").replace(MARK, "'onSuccessUpdateEmail':" + onSuccess);
    JsonNode error = client.error("MDN/send", arguments);
    assertThat(error.get("type").stringValue()).isEqualTo("invalidArguments");
    assertThat(mail.sent()).isEmpty();
  }

  @Test
  void unknownAccountsAndIdentitiesAreInvalidArguments() {
    String arguments = mdn(imported(requested()), "");
    assertThat(client.error("MDN/send", arguments.replace(identity, "none")).get("type"))
        .isEqualTo(MailClient.json("'invalidArguments'"));
    assertThat(
            client.error("MDN/send", "{'accountId':'none'," + arguments.substring(1)).get("type"))
        .isEqualTo(MailClient.json("'invalidArguments'"));
    assertThat(client.error("MDN/parse", "{'accountId':'none','blobIds':[]}").get("type"))
        .isEqualTo(MailClient.json("'invalidArguments'"));
  }

  @Test
  void aRefusalOfTheServerIsToldAndTheEmailIsNotMarked() {
    String id = imported(requested().with("Disposition-Notification-To", "anna@refused.example"));
    JsonNode refusal = refusal(mdn(id, ""));
    assertThat(refusal.get("type").stringValue()).isEqualTo("invalidRecipients");
    assertThat(keywords(id).has("$mdnsent")).isFalse();
  }

  @Test
  void aNotificationBeyondTheServersLimitIsTooLarge() {
    String id = imported(requested().saying("x".repeat(99).concat("\r\n").repeat(10_000)));
    assertThat(refusal(mdn(id, ",'includeOriginalMessage':true")).get("type").stringValue())
        .isEqualTo("tooLarge");
  }

  @Test
  void mailMustBeInUseToo() {
    String body =
        ("{'using':['urn:ietf:params:jmap:core','urn:ietf:params:jmap:mdn'],'methodCalls':"
                + "[['MDN/send',{'accountId':'jane','identityId':'I1','send':{}},'0']]}")
            .replace('\'', '"');
    JmapServer server = client.server();
    byte[] answer =
        server
            .handle(
                Principal.of("jane@example.com"),
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .body();
    assertThat(new String(answer, java.nio.charset.StandardCharsets.UTF_8))
        .contains("unknownMethod");
  }

  @Test
  void aDomainsIdentityAnswersForTheAddressThatWasWrittenTo() {
    RequestedMdn request = new RequestedMdn(emailTo("Ann <team@example.com>, bob@example.org"));
    MdnAuthor author = new MdnAuthor(wildcard(), java.util.Optional.empty());
    GivenMdn given =
        GivenMdn.decode(
            MailClient.json("{'forEmailId':'M1'," + DISPLAYED + "}").asObject(), id -> id);
    assertThat(author.finalRecipient(given, request).address()).isEqualTo("team@example.com");
  }

  private static org.jmapproxy.mail.identity.Identity wildcard() {
    return new org.jmapproxy.mail.identity.Identity(
        org.jmapproxy.core.id.Id.of("I9"),
        "",
        "*@example.com",
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        "",
        "",
        true);
  }

  private org.jmapproxy.mail.email.Email emailTo(String to) {
    String id = imported(requested().with("To", to));
    return client
        .account()
        .roles()
        .find(org.jmapproxy.mail.email.EmailType.TYPE.readRole())
        .orElseThrow()
        .read(
            new org.jmapproxy.core.spi.CallContext(
                Principal.of("jane"), client.account().id(), java.time.Instant.MAX),
            org.jmapproxy.core.spi.ReadRequest.of(
                List.of(org.jmapproxy.core.id.Id.of(id)), java.util.Set.of("headers")))
        .get(0);
  }
}
