package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.CuttingProxy;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The connection breaks after a command was carried out: the client hears what has happened. */
class LostAnswerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  @Test
  void aMessageIsStoredOnceAndAnsweredAsStored() {
    DOVECOT.seed("ann", "INBOX", 3);
    try (CuttingProxy cut = new CuttingProxy(DOVECOT.host(), DOVECOT.imapPort());
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, cut, "ann")) {
      AccountView view = new AccountView(account, "ann");
      cut.loseAnswerTo(" APPEND ");
      CreateOutcome<Email> outcome =
          view.create(
              new NewEmail(
                  new MemoryBlob(
                      "message/rfc822",
                      "Message-ID: <lost@x>\r\n\r\nHi\r\n".getBytes(StandardCharsets.UTF_8)),
                  Set.of(view.mailboxId("INBOX")),
                  Set.of(),
                  Optional.empty()));
      assertThat(cut.hasStruck()).isTrue();
      assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
      account.sync(PATIENCE);
      assertThat(view.emailIds("INBOX")).hasSize(4);
    }
  }

  @Test
  void keywordsMovesAndRemovalsAreFoundOut() {
    DOVECOT.seed("ben", "INBOX", 3);
    try (CuttingProxy cut = new CuttingProxy(DOVECOT.host(), DOVECOT.imapPort());
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, cut, "ben")) {
      AccountView view = new AccountView(account, "ben");
      List<Id> ids = view.emailIds("INBOX");
      cut.loseAnswerTo(" UID STORE ");
      assertThat(view.keywords(ids, SetChange.patch(Set.of("$seen"), Set.of())).values())
          .allMatch(UpdateOutcome.Updated.class::isInstance);
      assertThat(cut.hasStruck()).isTrue();

      cut.loseAnswerTo(" UID MOVE ");
      Id archive = view.mailboxId("Archive");
      assertThat(view.move(ids.subList(0, 1), SetChange.replace(Set.of(archive))).values())
          .allMatch(UpdateOutcome.Updated.class::isInstance);
      assertThat(cut.hasStruck()).isTrue();
      assertThat(view.emailIds("Archive")).containsExactly(ids.get(0));

      cut.loseAnswerTo(" UID EXPUNGE ");
      assertThat(view.destroy(Set.of(ids.get(1))).values())
          .allMatch(DestroyOutcome.Destroyed.class::isInstance);
      assertThat(cut.hasStruck()).isTrue();
      assertThat(view.emailIds("INBOX")).containsExactly(ids.get(2));
    }
  }

  @Test
  void aMailboxIsCreatedOnce() {
    try (CuttingProxy cut = new CuttingProxy(DOVECOT.host(), DOVECOT.imapPort());
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, cut, "cleo")) {
      AccountView view = new AccountView(account, "cleo");
      cut.loseAnswerTo(" CREATE ");
      CreateOutcome<Mailbox> outcome =
          view.create(new MailboxCreation("Once", Optional.empty(), Optional.empty(), 0, true));
      assertThat(cut.hasStruck()).isTrue();
      assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
      assertThat(view.mailbox("Once")).isPresent();
    }
  }

  @Test
  void nothingIsChangedWhenTheServerIsAway() {
    DOVECOT.seed("dora", "INBOX", 1);
    try (ImapProxy proxy = new ImapProxy()) {
      OpenAccount account;
      try (CuttingProxy cut = new CuttingProxy(DOVECOT.host(), DOVECOT.imapPort())) {
        account = open(proxy, cut, "dora");
      }
      try (account) {
        ImapProxy.await("asleep", () -> account.status().lastSync().isPresent());
        AccountView view = new AccountView(account, "dora");
        List<Id> ids = view.emailIds("INBOX");
        var outcomes = view.keywords(ids, SetChange.patch(Set.of("$seen"), Set.of()));
        assertThat(outcomes.values()).allMatch(LostAnswerTest::isUnavailable);
        assertThat(view.email(ids.get(0)).keywords()).isEmpty();
      }
    }
  }

  private static boolean isUnavailable(UpdateOutcome<Email> outcome) {
    return outcome instanceof UpdateOutcome.NotUpdated<Email> refused
        && refused.error().type().equals("serverUnavailable");
  }

  private static OpenAccount open(ImapProxy proxy, CuttingProxy cut, String user) {
    OpenAccount account =
        proxy
            .backend()
            .open(ImapProxy.configuration("127.0.0.1", cut.port(), user, DovecotServer.PASSWORD));
    account.sync(PATIENCE);
    return account;
  }
}
