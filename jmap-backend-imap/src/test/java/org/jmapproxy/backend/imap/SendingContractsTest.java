package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SendingAccount;
import org.jmapproxy.backend.imap.testkit.SmtpSink;
import org.jmapproxy.mail.testkit.EmailSubmissionContract;
import org.jmapproxy.mail.testkit.IdentityContract;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.Message;
import org.jmapproxy.mail.testkit.SentMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** An account on Dovecot with a submission server keeps the contracts of sending. */
class SendingContractsTest implements IdentityContract, EmailSubmissionContract {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final AtomicInteger USERS = new AtomicInteger();

  private final String user = "sending" + USERS.incrementAndGet();
  private final SmtpSink smtp = new SmtpSink();
  private final SendingAccount account =
      new SendingAccount(DOVECOT, user, smtp.port(), Duration.ofSeconds(30));

  /** Comes after the contracts' own last look at the account. */
  @RegisterExtension
  final AfterEachCallback closing =
      context -> {
        account().close();
        smtp().close();
      };

  private SendingAccount account() {
    return account;
  }

  private SmtpSink smtp() {
    return smtp;
  }

  @Override
  public MailClient client() {
    return account.client();
  }

  @Override
  public List<SentMessage> sent() {
    return smtp.deliveries().stream()
        .map(one -> new SentMessage(one.mailFrom(), one.rcptTo(), one.message()))
        .toList();
  }

  @Test
  void aDispositionNotificationIsSentAndTheEmailMarked() {
    Message requested =
        Message.about("please confirm")
            .with("To", account.address())
            .with("Disposition-Notification-To", "anna@example.com");
    String id = client().importMessage(requested, client().mailboxOfRole("inbox"));
    String arguments =
        "{'identityId':'"
            + account.identity()
            + "','send':{'k':{'forEmailId':'"
            + id
            + "','includeOriginalMessage':true,'disposition':{'actionMode':'manual-action',"
            + "'sendingMode':'mdn-sent-manually','type':'displayed'}}},"
            + "'onSuccessUpdateEmail':{'#k':{'keywords/$mdnsent':true}}}";
    JsonNode response = client().call("MDN/send", arguments);
    assertThat(response.get("sent").has("k")).as(response.toString()).isTrue();
    assertThat(client().get("Email", id, "keywords").get("keywords").has("$mdnsent")).isTrue();
    assertThat(client().query("EmailSubmission", "{}")).isEmpty();
    assertThat(sent()).hasSize(1);
    assertThat(sent().get(0).mailFrom()).isEmpty();
    assertThat(sent().get(0).message())
        .contains("Final-Recipient: rfc822; " + account.address(), "please confirm");
    assertThat(
            client().call("MDN/send", arguments).get("notSent").get("k").get("type").stringValue())
        .isEqualTo("mdnAlreadySent");
  }

  @Test
  void aNotificationIsSentLaterWhenTheServerIsAwayAndNobodyHearsOfItsFailure() {
    smtp.answers("MAIL", "451 4.3.0 Busy");
    Message requested =
        Message.about("later").with("Disposition-Notification-To", "anna@example.com");
    String id = client().importMessage(requested, client().mailboxOfRole("inbox"));
    JsonNode response =
        client()
            .call(
                "MDN/send",
                "{'identityId':'"
                    + account.identity()
                    + "','send':{'k':{'forEmailId':'"
                    + id
                    + "','disposition':{'actionMode':'manual-action',"
                    + "'sendingMode':'mdn-sent-manually','type':'deleted'}}},"
                    + "'onSuccessUpdateEmail':{'#k':{'keywords/$mdnsent':true}}}");
    assertThat(response.get("sent").has("k")).as(response.toString()).isTrue();
    smtp.answers("MAIL", "550 5.7.1 No");
    ImapProxy.await("it is given up", () -> account.proxy().backend().due().isEmpty());
    assertThat(client().query("Email", "{'filter':{'subject':'Undelivered mail'}}")).isEmpty();
    assertThat(sent()).isEmpty();
  }
}
