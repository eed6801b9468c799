package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SendingAccount;
import org.jmapproxy.backend.imap.testkit.SmtpSink;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What becomes of messages that clients submit, whatever the submission server does. */
class SendingTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final String BOB = "bob@example.com";
  private static final String EVE = "eve@example.com";
  private static final AtomicInteger USERS = new AtomicInteger();

  private final String user = "sender" + USERS.incrementAndGet();
  private final SmtpSink smtp = new SmtpSink();

  @AfterEach
  void stop() {
    smtp.close();
  }

  private SendingAccount account() {
    return account(LONG);
  }

  private SendingAccount account(Duration patience) {
    return new SendingAccount(DOVECOT, user, smtp.port(), patience);
  }

  private String submitted(SendingAccount account, String... recipients) {
    JsonNode response = account.submit(account.draft("hello", recipients));
    return MailClient.createdId(response);
  }

  @Test
  void aMessageGoesToAllItsRecipientsWithoutBcc() {
    try (SendingAccount account = account()) {
      String emailId =
          account
              .client()
              .importMessage(
                  Message.about("secret")
                      .with("From", account.address())
                      .with("To", BOB)
                      .with("Cc", "Bob again <bob@EXAMPLE.com>")
                      .with("Bcc", "Eve <" + EVE + ">,\r\n zoe@example.com")
                      .saying(".\r\n..two\r\nend"),
                  account.client().mailboxOfRole("inbox"));
      String id = MailClient.createdId(account.submit(emailId));
      assertThat(smtp.deliveries()).hasSize(1);
      SmtpSink.Delivery delivery = smtp.deliveries().get(0);
      assertThat(delivery.mailFrom()).isEqualTo(account.address());
      assertThat(delivery.rcptTo()).containsExactly(BOB, EVE, "zoe@example.com");
      assertThat(delivery.message())
          .contains("Subject: secret\r\n")
          .endsWith("\r\n\r\n.\r\n..two\r\nend\r\n")
          .doesNotContainIgnoringCase("bcc")
          .doesNotContain("zoe");
      JsonNode submission = account.submission(id);
      assertThat(submission.get("undoStatus").stringValue()).isEqualTo("final");
      assertThat(submission.get("envelope").get("rcptTo").size()).isEqualTo(3);
      assertThat(account.status(id, BOB))
          .isEqualTo(
              MailClient.json(
                  "{'smtpReply':'250 2.1.5 Recipient fine','delivered':'unknown',"
                      + "'displayed':'unknown'}"));
    }
  }

  @Test
  void successMovesTheEmailInTheSameResponse() {
    try (SendingAccount account = account()) {
      String emailId = account.draft("moving", BOB);
      String sent = account.client().createMailbox("Sent items");
      JsonNode responses =
          account
              .client()
              .request(
                  "[['EmailSubmission/set',{'create':{'k':{'identityId':'"
                      + account.identity()
                      + "','emailId':'"
                      + emailId
                      + "'}},'onSuccessUpdateEmail':{'#k':{'mailboxIds':{'"
                      + sent
                      + "':true}}}},'c']]");
      assertThat(responses.size()).isEqualTo(2);
      assertThat(responses.get(1).get(0).stringValue()).isEqualTo("Email/set");
      assertThat(responses.get(1).get(2).stringValue()).isEqualTo("c");
      assertThat(responses.get(1).get(1).get("updated").has(emailId)).isTrue();
      assertThat(account.client().get("Email", emailId, "mailboxIds").get("mailboxIds").has(sent))
          .isTrue();
    }
  }

  @Test
  void anEmailIsSentAlthoughItIsDestroyedAtOnce() {
    try (SendingAccount account = account()) {
      String emailId = account.draft("short life", BOB);
      JsonNode responses =
          account
              .client()
              .request(
                  "[['EmailSubmission/set',{'create':{'k':{'identityId':'"
                      + account.identity()
                      + "','emailId':'"
                      + emailId
                      + "','envelope':{'mailFrom':{'email':'"
                      + account.address()
                      + "','parameters':{'HOLDFOR':'1'}},'rcptTo':[{'email':'"
                      + BOB
                      + "'}]}}},'onSuccessDestroyEmail':['#k']},'c']]");
      String id = MailClient.createdId(responses.get(0).get(1));
      assertThat(MailClient.strings(responses.get(1).get(1).get("destroyed")))
          .containsExactly(emailId);
      account.awaitUndoStatus(id, "final");
      assertThat(smtp.deliveries().get(0).message()).contains("short life");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AUTH,535 5.7.8 No,forbiddenToSend",
    "MAIL,553 5.7.1 Not you,forbiddenMailFrom",
    "MAIL,552 5.3.4 Too big,tooLarge",
    "RCPT,550 5.1.1 Nobody,invalidRecipients",
    "RCPT,550 5.7.1 Not now,forbiddenToSend",
    "DATA,554 5.7.1 No,forbiddenToSend",
    ".,552 5.3.4 Too big,tooLarge",
    ".,550 5.6.0 Bad message,invalidEmail",
  })
  void refusalsAreSetErrorsAndLeaveNothing(String command, String reply, String type) {
    smtp.offers("AUTH PLAIN", "8BITMIME");
    try (SendingAccount account = account()) {
      String state = account.client().state("EmailSubmission");
      smtp.answers(command, reply);
      JsonNode refusal = SendingAccount.refusal(account.submit(account.draft("refused", BOB)));
      assertThat(refusal.get("type").stringValue()).isEqualTo(type);
      assertThat(refusal.get("description").stringValue()).contains(reply);
      if (type.equals("invalidRecipients")) {
        assertThat(MailClient.strings(refusal.get("invalidRecipients"))).containsExactly(BOB);
      }
      if (type.equals("tooLarge")) {
        assertThat(refusal.get("maxSize").isNumber()).isTrue();
      }
      assertThat(account.submissions()).isEmpty();
      assertThat(account.client().state("EmailSubmission")).isEqualTo(state);
      assertThat(smtp.deliveries()).isEmpty();
    }
  }

  @Test
  void oneRefusedRecipientStopsTheMessageForAll() {
    try (SendingAccount account = account()) {
      smtp.answers("RCPT TO:<" + EVE, "550 5.1.1 Nobody");
      JsonNode refusal = SendingAccount.refusal(account.submit(account.draft("all", BOB, EVE)));
      assertThat(MailClient.strings(refusal.get("invalidRecipients"))).containsExactly(EVE);
      assertThat(smtp.deliveries()).isEmpty();
    }
  }

  @Test
  void anUnreachableServerIsAskedAgain() {
    int port = smtp.port();
    smtp.close();
    try (SendingAccount account = new SendingAccount(DOVECOT, user, port, LONG)) {
      String id = submitted(account, BOB);
      assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("pending");
      assertThat(account.status(id, BOB).get("delivered").stringValue()).isEqualTo("queued");
      try (SmtpSink later = new SmtpSink(port)) {
        account.awaitUndoStatus(id, "final");
        assertThat(later.deliveries()).hasSize(1);
      }
    }
  }

  @Test
  void aMessageThatWasNotHandedOverIsSentAgain() {
    try (SendingAccount account = account()) {
      smtp.hangsUpAt("DATA");
      String id = submitted(account, BOB);
      assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("pending");
      smtp.behaves();
      account.awaitUndoStatus(id, "final");
      assertThat(smtp.deliveries()).hasSize(1);
    }
  }

  @Test
  void aMessageWhoseLastAnswerIsLostIsNeverSentAgain() {
    try (SendingAccount account = account()) {
      smtp.hangsUpAt(".");
      String id = submitted(account, BOB);
      smtp.behaves();
      assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("final");
      assertThat(account.status(id, BOB).get("delivered").stringValue()).isEqualTo("unknown");
      assertThat(account.status(id, BOB).get("smtpReply").stringValue())
          .contains("may or may not have taken it");
      account.open().settle();
      assertThat(smtp.deliveries()).hasSize(1);
      assertThat(account.proxy().backend().due()).isEmpty();
    }
  }

  @Test
  void recipientsThatHaveToWaitGetTheMessageLaterAndOthersOnlyOnce() {
    try (SendingAccount account = account()) {
      smtp.answers("RCPT TO:<" + EVE, "451 4.3.2 Come again");
      String id = submitted(account, BOB, EVE);
      assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("final");
      assertThat(account.status(id, EVE).get("delivered").stringValue()).isEqualTo("queued");
      assertThat(account.status(id, EVE).get("smtpReply").stringValue())
          .isEqualTo("451 4.3.2 Come again");
      smtp.behaves();
      ImapProxy.await(
          "Eve has it",
          () -> account.status(id, EVE).get("delivered").stringValue().equals("unknown"));
      assertThat(smtp.deliveries())
          .extracting(SmtpSink.Delivery::rcptTo)
          .containsExactly(List.of(BOB), List.of(EVE));
    }
  }

  @Test
  void aFailureAfterAcceptanceIsToldByMail() {
    try (SendingAccount account = account()) {
      smtp.answers("MAIL", "451 4.3.0 Busy");
      String id = submitted(account, BOB, EVE);
      smtp.answers("RCPT TO:<" + EVE, "550 5.1.1 No such user");
      smtp.answers("MAIL", "250 2.1.0 Fine");
      account.awaitUndoStatus(id, "final");
      ImapProxy.await(
          "the notice is there", () -> account.submission(id).get("dsnBlobIds").size() == 1);
      assertThat(account.status(id, EVE).get("delivered").stringValue()).isEqualTo("no");
      assertThat(account.status(id, EVE).get("smtpReply").stringValue())
          .isEqualTo("550 5.1.1 No such user");
      assertThat(smtp.deliveries().get(0).rcptTo()).containsExactly(BOB);
      List<String> notices =
          account.client().query("Email", "{'filter':{'subject':'Undelivered mail'}}");
      assertThat(notices).hasSize(1);
      JsonNode notice =
          account.client().get("Email", notices.get(0), "blobId", "preview", "bodyStructure");
      assertThat(notice.get("blobId")).isEqualTo(account.submission(id).get("dsnBlobIds").get(0));
      assertThat(notice.get("preview").stringValue()).contains(EVE).contains("No such user");
      assertThat(notice.get("bodyStructure").get("type").stringValue())
          .isEqualTo("multipart/report");
    }
  }

  @Test
  void aHeldMessageCanBeTakenBack() {
    try (SendingAccount account = account()) {
      String id =
          MailClient.createdId(account.submit(account.draft("held", BOB), held(account, "3600")));
      assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("pending");
      JsonNode response =
          account
              .client()
              .call("EmailSubmission/set", "{'update':{'" + id + "':{'undoStatus':'canceled'}}}");
      assertThat(response.get("updated").has(id)).isTrue();
      assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("canceled");
      account.open().settle();
      assertThat(smtp.deliveries()).isEmpty();
      assertThat(account.proxy().backend().due()).isEmpty();
    }
  }

  @Test
  void aMessageThatWasSentCannotBeTakenBack() {
    try (SendingAccount account = account()) {
      String id = submitted(account, BOB);
      JsonNode response =
          account
              .client()
              .call("EmailSubmission/set", "{'update':{'" + id + "':{'undoStatus':'canceled'}}}");
      assertThat(response.get("notUpdated").get(id).get("type").stringValue())
          .isEqualTo("cannotUnsend");
    }
  }

  @Test
  void aForgottenRecordIsSentAllTheSame() {
    try (SendingAccount account = account()) {
      String id =
          MailClient.createdId(account.submit(account.draft("gone", BOB), held(account, "1")));
      JsonNode response =
          account.client().call("EmailSubmission/set", "{'destroy':['" + id + "']}");
      assertThat(MailClient.strings(response.get("destroyed"))).containsExactly(id);
      assertThat(account.submissions()).isEmpty();
      ImapProxy.await("it is sent", () -> smtp.deliveries().size() == 1);
    }
  }

  @Test
  void aServerThatHesitatesBeforeTheMessageIsAskedAgainAndTheClientDoesNotWait() {
    CountDownLatch released = new CountDownLatch(1);
    try (SendingAccount account = account(SHORT)) {
      smtp.before("MAIL", () -> await(released));
      String id = submitted(account, BOB);
      assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("pending");
      smtp.behaves();
      released.countDown();
      account.awaitUndoStatus(id, "final");
      assertThat(smtp.deliveries()).hasSize(1);
    } finally {
      released.countDown();
    }
  }

  @Test
  void aServerThatHesitatesOverTheMessageIsNotSentItTwice() {
    CountDownLatch released = new CountDownLatch(1);
    try (SendingAccount account = account(SHORT)) {
      smtp.before(".", () -> await(released));
      String id = submitted(account, BOB);
      assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("pending");
      JsonNode cancelled =
          account
              .client()
              .call("EmailSubmission/set", "{'update':{'" + id + "':{'undoStatus':'canceled'}}}");
      assertThat(cancelled.get("notUpdated").get(id).get("type").stringValue())
          .isEqualTo("cannotUnsend");
      account.open().settle();
      released.countDown();
      account.awaitUndoStatus(id, "final");
      assertThat(smtp.deliveries()).hasSize(1);
    } finally {
      released.countDown();
    }
  }

  private static String held(SendingAccount account, String seconds) {
    return "{'mailFrom':{'email':'"
        + account.address()
        + "','parameters':{'holdfor':'"
        + seconds
        + "'}},'rcptTo':[{'email':'"
        + BOB
        + "'}]}";
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("never released");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
