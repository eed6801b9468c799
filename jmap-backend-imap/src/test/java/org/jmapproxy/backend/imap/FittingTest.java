package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import tools.jackson.databind.JsonNode;

/** Messages and addresses that not every submission server takes. */
class FittingTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final AtomicInteger USERS = new AtomicInteger();

  private final SmtpSink smtp = new SmtpSink();
  private final SendingAccount account =
      new SendingAccount(
          DOVECOT, "fitting" + USERS.incrementAndGet(), smtp.port(), Duration.ofSeconds(30));

  @AfterEach
  void stop() {
    account.close();
    smtp.close();
  }

  private Message message(String subject) {
    return Message.about(subject).with("From", account.address()).with("To", "bob@example.com");
  }

  private String imported(Message message) {
    return account.client().importMessage(message, account.client().mailboxOfRole("inbox"));
  }

  private JsonNode refusal(Message message) {
    JsonNode refusal = SendingAccount.refusal(account.submit(imported(message)));
    assertThat(smtp.deliveries()).isEmpty();
    assertThat(smtp.commands()).noneMatch(command -> command.startsWith("MAIL"));
    return refusal;
  }

  @Test
  void octetsBeyondAsciiAreEncodedForAServerThatDoesNotTakeThem() {
    Message message =
        message("umlauts")
            .with("Content-Type", "text/plain; charset=utf-8")
            .with("Content-Transfer-Encoding", "8bit")
            .saying("Viele Grüße aus der Stadt\r\n");
    smtp.offers("SIZE");
    MailClient.createdId(account.submit(imported(message)));
    assertThat(smtp.deliveries().get(0).message())
        .contains(
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "\r\nViele Gr=C3=BC=C3=9Fe aus der Stadt\r\n")
        .doesNotContain("8bit");
    assertThat(smtp.commands()).noneMatch(command -> command.contains("BODY="));
    smtp.offers("8BITMIME");
    MailClient.createdId(account.submit(imported(message)));
    assertThat(smtp.deliveries().get(1).message()).contains("8bit");
    assertThat(smtp.commands()).anyMatch(command -> command.endsWith(" BODY=8BITMIME"));
  }

  @Test
  void longLinesAreEncodedForEveryServer() {
    String line = "word ".repeat(300);
    MailClient.createdId(account.submit(imported(message("long").saying(line + "\r\n"))));
    String sent = smtp.deliveries().get(0).message();
    assertThat(sent.lines().allMatch(one -> one.length() <= 76)).isTrue();
    assertThat(sent.replace("=\r\n", "")).contains("word word word");
  }

  @Test
  void aSignedMessageIsNotEncodedButRefused() {
    smtp.offers("SIZE");
    Message signed =
        message("signed")
            .with("Content-Type", "multipart/signed; boundary=b")
            .saying(
                "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße\r\n--b\r\n"
                    + "Content-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n");
    JsonNode refusal = refusal(signed);
    assertThat(refusal.get("type").stringValue()).isEqualTo("invalidEmail");
    assertThat(refusal.get("description").stringValue()).contains("signed");
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedBeforeItIsOffered() {
    smtp.offers("SIZE 500");
    JsonNode refusal = refusal(message("large").saying("x".repeat(70).concat("\r\n").repeat(9)));
    assertThat(refusal.get("type").stringValue()).isEqualTo("tooLarge");
    assertThat(refusal.get("maxSize").asLong()).isEqualTo(500);
  }

  @Test
  void internationalAddressesAreRefusedWhereTheyAreNotUnderstood() {
    smtp.offers("8BITMIME");
    Message message = message("international").with("To", "jörg@example.com, bob@example.com");
    JsonNode refusal = refusal(message);
    assertThat(refusal.get("type").stringValue()).isEqualTo("invalidRecipients");
    assertThat(MailClient.strings(refusal.get("invalidRecipients")))
        .containsExactly("jörg@example.com");
    smtp.offers("8BITMIME", "SMTPUTF8");
    MailClient.createdId(account.submit(imported(message)));
    assertThat(smtp.commands()).anyMatch(command -> command.endsWith(" SMTPUTF8"));
  }

  @Test
  void aMessageThatWaitsIsEncodedWhenItsTimeComes() {
    smtp.offers("SIZE");
    smtp.answers("MAIL", "451 4.3.0 Busy");
    String id =
        MailClient.createdId(
            account.submit(
                imported(
                    message("waits")
                        .with("Content-Type", "text/plain; charset=utf-8")
                        .saying("später\r\n"))));
    smtp.behaves();
    account.awaitUndoStatus(id, "final");
    assertThat(smtp.deliveries().get(0).message()).contains("sp=C3=A4ter");
  }

  @Test
  void aParameterOfAnExtensionThatIsNotOfferedIsRefused() {
    smtp.offers("SIZE");
    String emailId = imported(message("first"));
    MailClient.createdId(account.submit(emailId));
    JsonNode refusal =
        SendingAccount.refusal(
            account.submit(
                emailId,
                "{'mailFrom':{'email':'"
                    + account.address()
                    + "','parameters':{'ENVID':'x'}},'rcptTo':[{'email':'bob@example.com'}]}"));
    assertThat(refusal.get("type").stringValue()).isEqualTo("invalidProperties");
    ImapProxy.await("nothing is due", () -> account.proxy().backend().due().isEmpty());
  }
}
