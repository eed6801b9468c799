package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.FaultyProxy;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.WatchedConnector;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.SetChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody's mail waits for another one's, and no server is asked for more than it bears. */
class FairnessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 1500;

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private final WatchedConnector connector = new WatchedConnector();

  @Test
  void aHugeFirstSyncDelaysNoOtherAccount() {
    DOVECOT.seed("ada", "INBOX", MANY);
    DOVECOT.seed("ben", "INBOX", 20);
    try (FaultyProxy slow = FaultyProxy.to(DOVECOT.imapPort());
        ImapProxy proxy = new ImapProxy(builder -> builder.socketConnector(connector))) {
      connector.slowDown(slow.port(), Duration.ofMillis(100));
      try (OpenAccount huge =
              proxy
                  .backend()
                  .open(
                      ImapProxy.configuration(
                          "127.0.0.1", slow.port(), "ada", DovecotServer.PASSWORD));
          OpenAccount small = proxy.open(DOVECOT, "ben");
          Subscription lease = small.lease()) {
        ImapProxy.await("begun", () -> huge.status().expectedMessages() == MANY);
        small.sync(PATIENCE);
        AccountView view = new AccountView(small, "ben");
        assertThat(view.emailIds("INBOX")).hasSize(20);
        flagNewest(view);
        ImapProxy.await("awake", () -> small.status().phase() == Phase.LIVE);
        append("ben", "INBOX", 21);
        ImapProxy.await("arrival", () -> view.emailIds("INBOX").size() == 21);
        assertThat(huge.status().lastSync()).isEmpty();
        assertThat(lease).isNotNull();
      }
    }
  }

  @Test
  void newMailAndChangesDoNotWaitForOlderMessages() {
    DOVECOT.seed("cora", "INBOX", 250);
    DOVECOT.seed("cora", "Archive", MANY);
    try (FaultyProxy slow = FaultyProxy.to(DOVECOT.imapPort());
        ImapProxy proxy = new ImapProxy(builder -> builder.socketConnector(connector))) {
      connector.slowDown(slow.port(), Duration.ofMillis(20));
      try (OpenAccount account =
              proxy
                  .backend()
                  .open(
                      ImapProxy.configuration(
                          "127.0.0.1", slow.port(), "cora", DovecotServer.PASSWORD));
          Subscription lease = account.lease()) {
        account.awaitFirstData(PATIENCE);
        AccountView view = new AccountView(account, "cora");
        long before = account.status().messages();
        assertThat(before).isBetween(50L, (long) MANY);
        flagNewest(view);
        Id newest = view.emailIds("INBOX").get(0);
        append("cora", "INBOX", MANY);
        ImapProxy.await("arrival", () -> !view.emailIds("INBOX").get(0).equals(newest));
        SyncStatus status = account.status();
        assertThat(status.lastSync()).isEmpty();
        assertThat(status.messages()).isLessThan(status.expectedMessages());

        connector.speedUp();
        ImapProxy.await("whole", () -> account.status().lastSync().isPresent());
        assertThat(account.status().messages()).isEqualTo(250 + MANY + 1);
        assertThat(account.status().expectedMessages()).isEqualTo(250 + MANY + 1);
        assertThat(lease).isNotNull();
      }
    }
  }

  @Test
  void accountsShareWhatTheirServerBears() {
    List<String> users = Stream.of("dan", "eve", "fay", "gil", "hal", "ina").toList();
    users.forEach(user -> DOVECOT.seed(user, "INBOX", 10));
    try (ImapProxy proxy =
        new ImapProxy(builder -> builder.socketConnector(connector).maxConnectionsPerServer(3))) {
      List<OpenAccount> accounts = new ArrayList<>();
      List<Subscription> leases = new ArrayList<>();
      try {
        for (String user : users) {
          OpenAccount account = proxy.open(DOVECOT, user);
          accounts.add(account);
          leases.add(account.lease());
        }
        for (OpenAccount account : accounts) {
          ImapProxy.await("in step", () -> account.status().lastSync().isPresent());
          account.sync(PATIENCE);
        }
        for (int i = 0; i < users.size(); i++) {
          AccountView view = new AccountView(accounts.get(i), users.get(i));
          assertThat(view.emailIds("INBOX")).hasSize(10);
          flagNewest(view);
        }
        assertThat(connector.mostOpen()).isBetween(2, 3);
      } finally {
        leases.forEach(Subscription::close);
        accounts.forEach(OpenAccount::close);
      }
      assertThat(connector.open()).isZero();
    }
  }

  @Test
  void anAccountThatSleepsHoldsNoConnectionNoFileAndNoThread() {
    DOVECOT.seed("jon", "INBOX", 30);
    try (ImapProxy proxy =
            new ImapProxy(
                builder -> builder.socketConnector(connector).idleTimeout(Duration.ofMillis(1)));
        OpenAccount account = proxy.open(DOVECOT, "jon")) {
      try (Subscription lease = account.lease()) {
        account.sync(PATIENCE);
        ImapProxy.await("watching", () -> connector.open() == 2);
        assertThat(lease).isNotNull();
      }
      account.sync(PATIENCE);
      ImapProxy.await("asleep", () -> account.status().phase() == Phase.SLEEPING);
      ImapProxy.await("no connection", () -> connector.open() == 0);
      // A watcher that had just begun may have asked for another round, after which it sleeps
      // again.
      ImapProxy.await(
          "no file, though its status is asked for",
          () ->
              openFiles("jon.sqlite3") == 0
                  && account.status().messages() == 30
                  && openFiles("jon.sqlite3") == 0);
    }
  }

  @Test
  void enormousHeadersAreReadInParts() {
    int count = 24;
    try (ImapConnection connection = DOVECOT.connect("kim")) {
      for (int i = 0; i < count; i++) {
        String message =
            "From: a@example.org\r\nSubject: " + i + "\r\n" + filler() + "\r\nText " + i + "\r\n";
        byte[] octets = message.getBytes(StandardCharsets.US_ASCII);
        connection
            .messages()
            .append(
                "INBOX",
                Set.of(),
                Optional.empty(),
                octets.length,
                new ByteArrayInputStream(octets));
      }
    }
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(DOVECOT, "kim")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "kim");
      assertThat(view.emailIds("INBOX")).hasSize(count);
      assertThat(view.emails(view.emailIds("INBOX").subList(0, 3)))
          .allMatch(email -> email.preview().startsWith("Text"));
    }
  }

  private static String filler() {
    return ("X-Filler: " + "x".repeat(900) + "\r\n").repeat(1100);
  }

  private static void flagNewest(AccountView view) {
    Id newest = view.emailIds("INBOX").get(0);
    UpdateOutcome<?> outcome =
        view.keywords(
                List.of(newest), new SetChange<>(Optional.empty(), Set.of("$flagged"), Set.of()))
            .get(newest);
    assertThat(outcome).isInstanceOf(UpdateOutcome.Updated.class);
    assertThat(view.email(newest).keywords()).contains("$flagged");
  }

  private static void append(String user, String mailbox, int number) {
    byte[] message =
        org.jmapproxy.backend.imap.testkit.SampleMessages.message("late " + mailbox, number);
    try (ImapConnection connection = DOVECOT.connect(user)) {
      connection
          .messages()
          .append(
              mailbox,
              Set.of(),
              Optional.empty(),
              message.length,
              new ByteArrayInputStream(message));
    }
  }

  private static long openFiles(String name) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(descriptor -> target(descriptor).contains(name)).count();
    } catch (java.io.IOException e) {
      return 0;
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (java.io.IOException e) {
      return "";
    }
  }
}
