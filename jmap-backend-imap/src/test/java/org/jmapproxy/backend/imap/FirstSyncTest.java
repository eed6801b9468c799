package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.CuttingProxy;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SampleMessages;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.PartBlobId;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirstSyncTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  @Test
  void aNewAccountShowsFoldersAndMessagesOfTheServer() {
    DOVECOT.seed("ann", "INBOX", 30);
    DOVECOT.seed("ann", "Work/Projekte für später", 3);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(DOVECOT, "ann")) {
      AccountView view = new AccountView(account, "ann");
      account.sync(PATIENCE);

      Mailbox inbox = view.mailbox("INBOX").orElseThrow();
      assertThat(inbox.totalEmails()).isEqualTo(30);
      assertThat(inbox.unreadEmails()).isEqualTo(30);
      assertThat(view.mailbox("Sent").flatMap(Mailbox::role)).contains("sent");
      Mailbox nested = view.mailbox("Projekte für später").orElseThrow();
      assertThat(nested.parentId()).contains(view.mailboxId("Work"));
      assertThat(nested.totalEmails()).isEqualTo(3);
      List<Id> ids = view.emailIds("INBOX");
      assertThat(ids).hasSize(30);
      Email newest = view.email(ids.get(0));
      assertThat(newest.receivedAt()).isEqualTo(SampleMessages.receivedAt(30));
      assertThat(newest.preview()).startsWith("Text of message 30");
      assertThat(newest.headers().orElseThrow().text("Subject")).contains("Message 30 of Müller");
      assertThat(newest.hasAttachment()).isTrue();
      assertThat(account.status().phase()).isEqualTo(Phase.SLEEPING);
      assertThat(account.status().messages()).isEqualTo(33);
      assertThat(account.status().lastSync()).isPresent();
    }
  }

  @Test
  void bodiesAndPartsAreFetchedWhenTheyAreRead() throws IOException {
    DOVECOT.seed("ben", "INBOX", 5);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(DOVECOT, "ben")) {
      AccountView view = new AccountView(account, "ben");
      account.sync(PATIENCE);
      Email email = view.email(view.emailIds("INBOX").get(0));
      BlobRole blobs = account.roles().find(BlobRole.ROLE).orElseThrow();

      Blob whole = blobs.find(view.context(), email.blobId()).orElseThrow();
      assertThat(whole.type()).isEqualTo("message/rfc822");
      assertThat(read(whole)).isEqualTo(SampleMessages.message("INBOX", 5));
      Blob part =
          blobs.find(view.context(), new PartBlobId(email.blobId(), "2").toId()).orElseThrow();
      assertThat(part.type()).isEqualTo("application/pdf");
      assertThat(new String(read(part), StandardCharsets.US_ASCII)).startsWith("%PDF-1.4");
      assertThat(part.size()).isEqualTo(read(part).length);
      assertThat(blobs.find(view.context(), Id.of("nothing"))).isEmpty();
    }
  }

  @Test
  void theFirstMessagesAreThereBeforeEverythingIs() {
    DOVECOT.seed("cleo", "INBOX", 1500);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(DOVECOT, "cleo")) {
      AccountView view = new AccountView(account, "cleo");
      account.awaitFirstData(PATIENCE);
      List<Id> first = view.emailIds("INBOX");
      assertThat(first).hasSizeGreaterThanOrEqualTo(200);
      assertThat(view.email(first.get(0)).receivedAt()).isEqualTo(SampleMessages.receivedAt(1500));
      assertThat(view.email(first.get(0)).preview()).startsWith("Text of message 1500");

      account.sync(PATIENCE);
      assertThat(view.emailIds("INBOX")).hasSize(1500).containsAll(first);
      assertThat(account.status().expectedMessages()).isEqualTo(1500);
    }
  }

  @Test
  void whatWasBegunGoesOnAfterARestart() {
    DOVECOT.seed("dora", "INBOX", 3000);
    try (ImapProxy proxy = new ImapProxy()) {
      List<Id> first;
      try (OpenAccount account = proxy.open(DOVECOT, "dora")) {
        account.awaitFirstData(PATIENCE);
        first = new AccountView(account, "dora").emailIds("INBOX");
      }
      try (OpenAccount account = proxy.open(DOVECOT, "dora")) {
        AccountView view = new AccountView(account, "dora");
        assertThat(view.emailIds("INBOX")).containsAll(first);
        ImapProxy.await("everything read", () -> account.status().messages() == 3000);
        account.sync(PATIENCE);
        assertThat(view.emailIds("INBOX")).hasSize(3000).containsAll(first);
      }
    }
  }

  @Test
  void lostConnectionsDelayTheFirstSynchronisationOnly() {
    DOVECOT.seed("emil", "INBOX", 3000);
    try (CuttingProxy cut = new CuttingProxy(DOVECOT.host(), DOVECOT.imapPort());
        ImapProxy proxy = new ImapProxy();
        OpenAccount account =
            proxy
                .backend()
                .open(
                    ImapProxy.configuration(
                        "127.0.0.1", cut.port(), "emil", DovecotServer.PASSWORD))) {
      account.awaitFirstData(PATIENCE);
      cut.cutAll();
      ImapProxy.await("everything read", () -> account.status().messages() == 3000);
      assertThat(new AccountView(account, "emil").emailIds("INBOX")).hasSize(3000);
    }
  }

  @Test
  void aServerWithoutExtensionsIsReadAllTheSame() {
    try (DovecotServer plain = DovecotServer.builder().plainImap().build()) {
      plain.start();
      plain.seed("fritz", "INBOX", 700);
      try (ImapProxy proxy = new ImapProxy();
          OpenAccount account = proxy.open(plain, "fritz")) {
        AccountView view = new AccountView(account, "fritz");
        account.sync(PATIENCE);
        assertThat(view.emailIds("INBOX")).hasSize(700);
        assertThat(view.email(view.emailIds("INBOX").get(0)).preview())
            .startsWith("Text of message 700");
        assertThat(view.mailbox("Trash").flatMap(Mailbox::role)).contains("trash");
      }
    }
  }

  @Test
  void wrongCredentialsAreSaidToBeWrong() {
    try (ImapProxy proxy = new ImapProxy()) {
      AccountConfiguration wrong =
          ImapProxy.configuration(DOVECOT.host(), DOVECOT.imapPort(), "gina", "guess");
      assertThat(proxy.backend().accepts(wrong)).isFalse();
      assertThat(proxy.backend().accepts(ImapProxy.configuration(DOVECOT, "gina"))).isTrue();
      try (OpenAccount account = proxy.backend().open(wrong)) {
        assertThatThrownBy(() -> account.awaitFirstData(PATIENCE))
            .isInstanceOfSatisfying(
                BackendException.class,
                e -> assertThat(e.reason()).isEqualTo(BackendException.Reason.AUTHENTICATION_LOST));
        assertThat(account.status().phase()).isEqualTo(Phase.AUTHENTICATION_FAILED);
        assertThat(account.status().error()).isPresent();
      }
    }
  }

  @Test
  void aServerThatIsNotThereIsSaidToBeUnreachable() {
    try (ImapProxy proxy = new ImapProxy()) {
      AccountConfiguration nowhere = ImapProxy.configuration("127.0.0.1", 1, "hugo", "x");
      assertThatThrownBy(() -> proxy.backend().accepts(nowhere))
          .isInstanceOf(BackendException.class);
      try (OpenAccount account = proxy.backend().open(nowhere)) {
        assertThatThrownBy(() -> account.awaitFirstData(PATIENCE))
            .isInstanceOf(BackendException.class);
        assertThat(account.status().phase()).isEqualTo(Phase.UNREACHABLE);
      }
    }
  }

  @Test
  void missingSettingsAreNamed() {
    try (ImapProxy proxy = new ImapProxy()) {
      AccountConfiguration incomplete =
          new AccountConfiguration(
              Id.of("ida"), "ida@example.org", Map.of(), Credentials.password("ida", "x"));
      assertThatThrownBy(() -> proxy.backend().open(incomplete))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("imapHost");
    }
  }

  @Test
  void everythingCanBeReadWhileTheServerIsAway() {
    try (ImapProxy proxy = new ImapProxy()) {
      AccountConfiguration configuration = syncedOnAServerThatIsGoneNow(proxy);
      try (OpenAccount account = proxy.backend().open(configuration)) {
        AccountView view = new AccountView(account, "jan");
        assertThat(view.emailIds("INBOX")).hasSize(12);
        assertThat(view.mailbox("INBOX").map(Mailbox::totalEmails)).contains(12L);
        assertThatThrownBy(() -> account.sync(PATIENCE)).isInstanceOf(BackendException.class);
      }
    }
  }

  private static AccountConfiguration syncedOnAServerThatIsGoneNow(ImapProxy proxy) {
    try (DovecotServer passing = DovecotServer.standard()) {
      passing.start();
      passing.seed("jan", "INBOX", 12);
      AccountConfiguration configuration = ImapProxy.configuration(passing, "jan");
      try (OpenAccount account = proxy.backend().open(configuration)) {
        account.sync(PATIENCE);
      }
      return configuration;
    }
  }

  @Test
  void anAccountMakesDoWithOneConnection() throws IOException {
    DOVECOT.seed("kim", "INBOX", 10);
    try (ImapProxy proxy = new ImapProxy(builder -> builder.maxConnectionsPerAccount(1));
        OpenAccount account = proxy.open(DOVECOT, "kim")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "kim");
      assertThat(view.emailIds("INBOX")).hasSize(10);
      Email email = view.email(view.emailIds("INBOX").get(9));
      BlobRole blobs = account.roles().find(BlobRole.ROLE).orElseThrow();
      assertThat(read(blobs.find(view.context(), email.blobId()).orElseThrow()))
          .isEqualTo(SampleMessages.message("INBOX", 1));
    }
  }

  private static byte[] read(Blob blob) throws IOException {
    try (InputStream in = blob.open()) {
      return in.readAllBytes();
    }
  }
}
