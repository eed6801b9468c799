package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SendingAccount;
import org.jmapproxy.backend.imap.testkit.SmtpSink;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.testkit.MailClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits to be sent while nobody has the account open. */
class SleepingOutboxTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final AtomicInteger USERS = new AtomicInteger();

  private final String user = "sleeper" + USERS.incrementAndGet();
  private final SmtpSink smtp = new SmtpSink();
  private final SendingAccount account =
      new SendingAccount(DOVECOT, user, smtp.port(), Duration.ofSeconds(30));

  @AfterEach
  void stop() {
    account.close();
    smtp.close();
  }

  private String heldFor(String seconds) {
    return MailClient.createdId(
        account.submit(
            account.draft("held", "bob@example.com"),
            "{'mailFrom':{'email':'"
                + account.address()
                + "','parameters':{'HOLDFOR':'"
                + seconds
                + "'}},'rcptTo':[{'email':'bob@example.com'}]}"));
  }

  private boolean isOverdue() {
    Instant due = account.proxy().backend().due().getOrDefault(Id.of(user), Instant.MAX);
    return due.isBefore(Instant.now());
  }

  @Test
  void anAccountThatWasAsleepSendsWhatIsDue() {
    heldFor("1");
    account.sleep();
    ImapProxy.await("the message is due", this::isOverdue);
    assertThat(smtp.deliveries()).isEmpty();
    try (OpenAccount again = account.proxy().backend().open(account.configuration())) {
      ImapProxy.await("it is sent", () -> smtp.deliveries().size() == 1);
      ImapProxy.await("nothing is due", () -> account.proxy().backend().due().isEmpty());
      assertThat(again.roles()).isNotNull();
    }
  }

  @Test
  void aBackendThatStartsKnowsWhoHasSomethingToSend() {
    heldFor("3600");
    try (ImapProxy other = ImapProxy.in(account.snapshot(), builder -> builder)) {
      assertThat(other.backend().due()).containsOnlyKeys(Id.of(user));
    }
  }
}
