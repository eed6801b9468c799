package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.ManualTime;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server is away for a while, or takes nothing more. */
@Timeout(120)
class AwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  @Test
  void aServerThatIsAwayIsTriedSeldomAndFoundAgain() {
    DOVECOT.seed("ann", "INBOX", 5);
    ManualTime time = new ManualTime();
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy =
            new ImapProxy(
                builder ->
                    builder
                        .clock(time.clock())
                        .timers(time)
                        .networkExecutor(Runnable::run)
                        .maxConnectionsPerAccount(2)
                        .pollInterval(Duration.ofMinutes(1)));
        OpenAccount account = open(proxy, meddling, "ann");
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ann");
      assertThat(account.status().phase()).isEqualTo(Phase.LIVE);
      assertThat(lease).isNotNull();
      meddling.away(true);
      int before = meddling.connections();
      List<Id> ids = view.emailIds("INBOX");
      for (int i = 0; i < 50; i++) {
        assertThat(unavailable(view, ids)).isTrue();
      }
      assertThat(meddling.connections() - before).isLessThanOrEqualTo(3);
      assertThat(view.emailIds("INBOX")).hasSize(5);

      time.pass(Duration.ofMinutes(2));
      assertThat(account.status().phase()).isEqualTo(Phase.UNREACHABLE);
      int settled = meddling.connections();
      time.pass(Duration.ofMinutes(60));
      assertThat(meddling.connections() - settled).isBetween(20, 62);
      assertThat(view.emailIds("INBOX")).hasSize(5);
      assertThat(account.status().error()).isPresent();

      meddling.heal();
      DOVECOT.seed("ann", "INBOX", 1);
      time.pass(Duration.ofMinutes(2));
      assertThat(account.status().phase()).isEqualTo(Phase.LIVE);
      assertThat(account.status().error()).isEmpty();
      assertThat(view.emailIds("INBOX")).hasSize(6);
      assertThat(view.keywords(ids, SetChange.patch(Set.of("back"), Set.of())).values())
          .allMatch(UpdateOutcome.Updated.class::isInstance);
    }
  }

  @Test
  void somebodyWhoAsksForASynchronisationIsNotKeptWaiting() {
    DOVECOT.seed("ben", "INBOX", 2);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, meddling, "ben")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ben");
      meddling.away(true);
      List<Id> ids = view.emailIds("INBOX");
      for (int i = 0; i < 8; i++) {
        assertThat(unavailable(view, ids)).isTrue();
      }
      meddling.heal();
      account.sync(PATIENCE);
      assertThat(view.keywords(ids, SetChange.patch(Set.of("back"), Set.of())).values())
          .allMatch(UpdateOutcome.Updated.class::isInstance);
    }
  }

  @Test
  void aServerThatTakesNoDataIsGivenUp() {
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy =
            new ImapProxy(
                builder -> builder.timeouts(Duration.ofSeconds(5), Duration.ofSeconds(2)));
        OpenAccount account = open(proxy, meddling, "cleo")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "cleo");
      meddling.stopReadingAt("APPEND .*");
      CreateOutcome<Email> outcome = view.create(message(view, 40 << 20));
      assertThat(outcome).isInstanceOf(CreateOutcome.NotCreated.class);
      assertThat(((CreateOutcome.NotCreated<Email>) outcome).error().type())
          .isEqualTo("serverUnavailable");
      meddling.heal();
      account.sync(PATIENCE);
      assertThat(view.emailIds("Drafts")).isEmpty();
      assertThat(view.create(message(view, 1000))).isInstanceOf(CreateOutcome.Created.class);
    }
  }

  private static NewEmail message(AccountView view, int octets) {
    String text = "Message-ID: <big@x>\r\n\r\n" + "0123456789abcde\r\n".repeat(octets / 17);
    return new NewEmail(
        new MemoryBlob("message/rfc822", text.getBytes(StandardCharsets.US_ASCII)),
        Set.of(view.mailboxId("Drafts")),
        Set.of(),
        Optional.empty());
  }

  private static boolean unavailable(AccountView view, List<Id> ids) {
    Set<String> types =
        view.keywords(ids, SetChange.patch(Set.of("away"), Set.of())).values().stream()
            .map(
                outcome ->
                    outcome instanceof UpdateOutcome.NotUpdated<Email> refused
                        ? refused.error().type()
                        : "updated")
            .collect(Collectors.toSet());
    return types.equals(Set.of("serverUnavailable"));
  }

  private static OpenAccount open(ImapProxy proxy, MeddlingProxy meddling, String user) {
    return proxy
        .backend()
        .open(ImapProxy.configuration("127.0.0.1", meddling.port(), user, DovecotServer.PASSWORD));
  }
}
