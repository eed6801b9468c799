package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The roles of EmailSubmission (RFC 8621 section 7). Whatever the account sends to reaches {@link
 * #sent}, and no recipient is refused.
 */
public interface EmailSubmissionContract extends MailContract {

  /** The messages that have left, in their order. */
  List<SentMessage> sent();

  private JsonNode own() {
    for (JsonNode identity : client().call("Identity/get", "{'ids':null}").get("list")) {
      if (!identity.get("email").stringValue().startsWith("*@")) {
        return identity;
      }
    }
    throw new AssertionError("no Identity has an address");
  }

  private String address() {
    return own().get("email").stringValue();
  }

  private String draft(String subject, String to) {
    Message message =
        Message.about(subject)
            .with("From", "Jane <" + address() + ">")
            .with("To", to)
            .with("Bcc", "hidden@example.net");
    return client().importMessage(message, client().mailboxOfRole("inbox"));
  }

  private JsonNode submit(String emailId, String envelope) {
    String identity = own().get("id").stringValue();
    return client()
        .call(
            "EmailSubmission/set",
            "{'create':{'k':{'identityId':'"
                + identity
                + "','emailId':'"
                + emailId
                + "','envelope':"
                + envelope
                + "}}}");
  }

  private String envelope(String mailFrom, String rcptTo, String parameters) {
    return "{'mailFrom':{'email':'"
        + mailFrom
        + "','parameters':"
        + parameters
        + "},'rcptTo':[{'email':'"
        + rcptTo
        + "'}]}";
  }

  private String held(String subject) {
    String id = draft(subject, "bob@example.net");
    return MailClient.createdId(
        submit(id, envelope(address(), "bob@example.net", "{'HOLDFOR':'3600'}")));
  }

  private String undoStatus(String id) {
    return client().get("EmailSubmission", id, "undoStatus").get("undoStatus").stringValue();
  }

  private String refusal(JsonNode response) {
    assertThat(response.path("notCreated").has("k")).as(response.toString()).isTrue();
    return response.get("notCreated").get("k").get("type").stringValue();
  }

  private JsonNode cancel(String id) {
    return client()
        .call("EmailSubmission/set", "{'update':{'" + id + "':{'undoStatus':'canceled'}}}");
  }

  @Test
  default void aMessageLeavesForAllItsRecipientsWithoutBcc() {
    String state = client().state("EmailSubmission");
    JsonNode response = submit(draft("leaving", "Bob <bob@example.net>, zoe@example.net"), "null");
    String id = MailClient.createdId(response);
    assertThat(sent()).hasSize(1);
    assertThat(sent().get(0).mailFrom()).isEqualTo(address());
    assertThat(sent().get(0).rcptTo())
        .containsExactly("bob@example.net", "zoe@example.net", "hidden@example.net");
    assertThat(sent().get(0).message())
        .contains("Subject: leaving\r\n")
        .doesNotContainIgnoringCase("bcc:");
    JsonNode submission =
        client().get("EmailSubmission", id, "undoStatus", "deliveryStatus", "envelope", "emailId");
    assertThat(submission.get("undoStatus").stringValue()).isEqualTo("final");
    assertThat(submission.get("envelope").get("rcptTo").size()).isEqualTo(3);
    JsonNode status = submission.get("deliveryStatus").get("bob@example.net");
    assertThat(status.get("smtpReply").stringValue()).startsWith("250 ");
    assertThat(status.get("delivered").stringValue()).isIn("unknown", "yes");
    assertThat(status.get("displayed").stringValue()).isEqualTo("unknown");
    assertThat(
            MailClient.strings(
                client()
                    .call("EmailSubmission/changes", "{'sinceState':'" + state + "'}")
                    .get("created")))
        .containsExactly(id);
  }

  @Test
  default void anEnvelopeThatIsGivenCounts() {
    String id = draft("own envelope", "bob@example.net");
    MailClient.createdId(submit(id, envelope("", "other@example.net", "null")));
    assertThat(sent().get(0).mailFrom()).isEmpty();
    assertThat(sent().get(0).rcptTo()).containsExactly("other@example.net");
  }

  @Test
  default void aHeldMessageCanBeTakenBack() {
    String id = held("held");
    assertThat(undoStatus(id)).isEqualTo("pending");
    assertThat(
            Instant.parse(
                client().get("EmailSubmission", id, "sendAt").get("sendAt").stringValue()))
        .isAfter(Instant.now().plus(Duration.ofMinutes(50)));
    assertThat(cancel(id).get("updated").has(id)).isTrue();
    assertThat(undoStatus(id)).isEqualTo("canceled");
    assertThat(sent()).isEmpty();
  }

  @Test
  default void aMessageThatHasLeftCannotBeTakenBack() {
    String id = MailClient.createdId(submit(draft("gone", "bob@example.net"), "null"));
    assertThat(cancel(id).get("notUpdated").get(id).get("type").stringValue())
        .isEqualTo("cannotUnsend");
  }

  @ParameterizedTest
  @CsvSource({
    "eve@example.gov, bob@example.net, forbiddenMailFrom",
    "'', no address, invalidRecipients",
    "'', bob@example.net\\\\r\\\\nDATA, invalidRecipients",
  })
  default void aWrongEnvelopeIsRefused(String mailFrom, String rcptTo, String type) {
    String id = draft("wrong", "bob@example.net");
    assertThat(refusal(submit(id, envelope(mailFrom, rcptTo.replace("\\\\", "\\"), "null"))))
        .isEqualTo(type);
    assertThat(sent()).isEmpty();
  }

  @Test
  default void whatCannotBeSentIsRefused() {
    Message nobody = Message.about("for nobody").with("From", address()).with("To", "");
    String inbox = client().mailboxOfRole("inbox");
    assertThat(refusal(submit(client().importMessage(nobody, inbox), "null")))
        .isEqualTo("noRecipients");
    assertThat(refusal(submit(client().importMessage(Message.about("another's"), inbox), "null")))
        .isEqualTo("forbiddenFrom");
    assertThat(refusal(submit("none", "null"))).isEqualTo("invalidProperties");
    assertThat(client().query("EmailSubmission", "{}")).isEmpty();
    assertThat(sent()).isEmpty();
  }

  @Test
  default void successChangesTheEmailInTheSameResponse() {
    String emailId = draft("marked", "bob@example.net");
    JsonNode responses =
        client()
            .request(
                "[['EmailSubmission/set',{'create':{'k':{'identityId':'"
                    + own().get("id").stringValue()
                    + "','emailId':'"
                    + emailId
                    + "'}},'onSuccessUpdateEmail':{'#k':{'keywords/$answered':true}}},'c']]");
    assertThat(responses.size()).isEqualTo(2);
    assertThat(responses.get(1).get(0).stringValue()).isEqualTo("Email/set");
    assertThat(client().get("Email", emailId, "keywords").get("keywords").has("$answered"))
        .isTrue();
  }

  @Test
  default void submissionsAreFoundByWhatTheyAre() {
    String pending = held("pending");
    String emailId = draft("final", "bob@example.net");
    String last = MailClient.createdId(submit(emailId, "null"));
    assertThat(client().query("EmailSubmission", "{'filter':{'undoStatus':'pending'}}"))
        .containsExactly(pending);
    assertThat(client().query("EmailSubmission", "{'filter':{'emailIds':['" + emailId + "']}}"))
        .containsExactly(last);
    assertThat(client().query("EmailSubmission", "{'sort':[{'property':'sentAt'}]}"))
        .containsExactly(last, pending);
    cancel(pending);
  }

  @Test
  default void aRecordCanBeForgotten() {
    String id = MailClient.createdId(submit(draft("record", "bob@example.net"), "null"));
    String state = client().state("EmailSubmission");
    JsonNode response = client().call("EmailSubmission/set", "{'destroy':['" + id + "']}");
    assertThat(MailClient.strings(response.get("destroyed"))).containsExactly(id);
    assertThat(
            MailClient.strings(
                client()
                    .call("EmailSubmission/changes", "{'sinceState':'" + state + "'}")
                    .get("destroyed")))
        .containsExactly(id);
    assertThat(client().query("EmailSubmission", "{}")).isEmpty();
  }
}
