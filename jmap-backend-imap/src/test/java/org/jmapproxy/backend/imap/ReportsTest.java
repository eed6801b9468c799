package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SendingAccount;
import org.jmapproxy.backend.imap.testkit.SmtpSink;
import org.jmapproxy.mail.testkit.MailClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Reports of others about what was sent arrive in the inbox (RFC 8621 section 7). */
class ReportsTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final AtomicInteger USERS = new AtomicInteger();
  private static final String BOB = "bob@example.com";
  private static final String EVE = "eve@example.com";

  private final String user = "reported" + USERS.incrementAndGet();
  private final SmtpSink smtp = new SmtpSink();
  private final SendingAccount account =
      new SendingAccount(DOVECOT, user, smtp.port(), Duration.ofSeconds(30));

  @AfterEach
  void stop() {
    account.close();
    smtp.close();
  }

  private String sent(String subject, String... recipients) {
    return MailClient.createdId(account.submit(account.draft(subject, recipients)));
  }

  private void arrives(String message) {
    byte[] octets = message.getBytes(StandardCharsets.UTF_8);
    try (ImapConnection other = DOVECOT.connect(user)) {
      other
          .messages()
          .append(
              "INBOX",
              Set.of(),
              Optional.of(Instant.now()),
              octets.length,
              new ByteArrayInputStream(octets));
    }
    account.open().sync(Duration.ofSeconds(60));
  }

  private JsonNode submission(String id) {
    return account
        .client()
        .get("EmailSubmission", id, "deliveryStatus", "dsnBlobIds", "mdnBlobIds");
  }

  private String messageId() {
    String message = smtp.deliveries().get(smtp.deliveries().size() - 1).message();
    return message.lines().filter(line -> line.startsWith("Message-ID:")).findFirst().orElseThrow();
  }

  private static String report(String kind, String fields, String original) {
    return "From: MAILER-DAEMON@example.com\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/report; report-type="
        + kind
        + "; boundary=b\r\n\r\n--b\r\n\r\nFor people.\r\n--b\r\nContent-Type: message/"
        + kind
        + "\r\n\r\n"
        + fields
        + "\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        + original
        + "\r\n\r\n--b--\r\n";
  }

  private static String delivery(String envelopeId, String recipients, String original) {
    return report(
        "delivery-status",
        "Reporting-MTA: dns; mx.example.com\r\n" + envelopeId + "\r\n" + recipients,
        original);
  }

  private static String failed(String recipient) {
    return "Final-Recipient: rfc822; "
        + recipient
        + "\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 Nobody\r\n";
  }

  private static String delivered(String recipient) {
    return "Final-Recipient: rfc822; " + recipient + "\r\nAction: delivered\r\nStatus: 2.1.5\r\n";
  }

  private static String receipt(String recipient, String type, String messageId) {
    return report(
        "disposition-notification",
        "Final-Recipient: rfc822; "
            + recipient
            + "\r\nOriginal-Message-ID:"
            + messageId.substring("Message-ID:".length())
            + "\r\nDisposition: manual-action/MDN-sent-manually; "
            + type
            + "\r\n",
        messageId);
  }

  private void awaitReports(String id, String property, int count) {
    ImapProxy.await(count + " " + property, () -> submission(id).get(property).size() == count);
  }

  @Test
  void aDeliveryNotificationIsKnownByTheEnvelope() {
    String id = sent("named", BOB, EVE);
    assertThat(smtp.commands())
        .anyMatch(line -> line.startsWith("MAIL") && line.contains("ENVID=" + id));
    String state = account.client().state("EmailSubmission");
    arrives(
        delivery(
            "Original-Envelope-Id: " + id + "\r\n",
            failed(EVE) + "\r\n" + delivered(BOB),
            "Subject: cut"));
    awaitReports(id, "dsnBlobIds", 1);
    assertThat(account.status(id, BOB).get("delivered").stringValue()).isEqualTo("yes");
    assertThat(account.status(id, BOB).get("smtpReply").stringValue())
        .isEqualTo("250 2.1.5 delivered");
    assertThat(account.status(id, EVE).get("delivered").stringValue()).isEqualTo("no");
    assertThat(account.status(id, EVE).get("smtpReply").stringValue())
        .isEqualTo("550 5.1.1 Nobody");
    JsonNode changes =
        account.client().call("EmailSubmission/changes", "{'sinceState':'" + state + "'}");
    assertThat(MailClient.strings(changes.get("updated"))).containsExactly(id);
    String report = account.client().query("Email", "{'filter':{'subject':'report'}}").get(0);
    assertThat(account.client().get("Email", report, "blobId").get("blobId"))
        .isEqualTo(submission(id).get("dsnBlobIds").get(0));
    assertThat(account.client().query("Email", "{'filter':{'subject':'Undelivered mail'}}"))
        .isEmpty();
  }

  @Test
  void aDeliveryNotificationIsKnownByTheMessage() {
    smtp.offers("8BITMIME");
    String other = sent("other", BOB);
    String id = sent("message", BOB);
    assertThat(smtp.commands()).noneMatch(line -> line.contains("ENVID"));
    arrives(delivery("", delivered("forwarded@example.net"), messageId()));
    awaitReports(id, "dsnBlobIds", 1);
    assertThat(account.status(id, BOB).get("delivered").stringValue()).isEqualTo("yes");
    assertThat(submission(other).get("dsnBlobIds").size()).isZero();
  }

  @Test
  void aReceiptSaysThatTheMessageWasDisplayed() {
    String id = sent("receipt", BOB, EVE);
    arrives(receipt(EVE, "displayed", messageId()));
    awaitReports(id, "mdnBlobIds", 1);
    assertThat(account.status(id, EVE).get("displayed").stringValue()).isEqualTo("yes");
    assertThat(account.status(id, EVE).get("delivered").stringValue()).isEqualTo("unknown");
    assertThat(account.status(id, BOB).get("displayed").stringValue()).isEqualTo("unknown");
    arrives(receipt(BOB, "deleted", messageId()));
    awaitReports(id, "mdnBlobIds", 2);
    assertThat(account.status(id, BOB).get("displayed").stringValue()).isEqualTo("unknown");
    arrives(delivery("", delivered(EVE), messageId()));
    awaitReports(id, "dsnBlobIds", 1);
    assertThat(account.status(id, EVE).get("displayed").stringValue()).isEqualTo("yes");
    assertThat(account.status(id, EVE).get("delivered").stringValue()).isEqualTo("yes");
  }

  @Test
  void whatIsKnownIsNotTakenBack() {
    String id = sent("known", BOB);
    arrives(delivery("", delivered(BOB), messageId()));
    awaitReports(id, "dsnBlobIds", 1);
    arrives(delivery("", failed(BOB), messageId()));
    awaitReports(id, "dsnBlobIds", 2);
    assertThat(account.status(id, BOB).get("delivered").stringValue()).isEqualTo("yes");
  }

  @Test
  void reportsAboutOtherMessagesChangeNothing() {
    String id = sent("mine", BOB);
    String state = account.client().state("EmailSubmission");
    arrives(delivery("Original-Envelope-Id: other\r\n", failed(BOB), "Message-ID: <other@x>"));
    arrives("Content-Type: multipart/report; boundary=b\r\n\r\nbroken");
    arrives(delivery("", delivered(BOB), messageId()));
    awaitReports(id, "dsnBlobIds", 1);
    JsonNode changes =
        account.client().call("EmailSubmission/changes", "{'sinceState':'" + state + "'}");
    assertThat(MailClient.strings(changes.get("updated"))).containsExactly(id);
    assertThat(account.status(id, BOB).get("delivered").stringValue()).isEqualTo("yes");
  }
}
