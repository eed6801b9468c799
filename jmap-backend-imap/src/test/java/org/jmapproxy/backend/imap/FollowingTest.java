package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other clients change the account; each way of finding out must find the same. */
class FollowingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final DovecotServer FULL = DovecotServer.standard();
  private static final DovecotServer CONDSTORE =
      DovecotServer.builder().condstoreWithoutQresync().build();
  private static final DovecotServer PLAIN = DovecotServer.builder().plainImap().build();

  enum Kind {
    EVERYTHING,
    CONDSTORE,
    PLAIN;

    DovecotServer server() {
      return switch (this) {
        case EVERYTHING -> FollowingTest.FULL;
        case CONDSTORE -> FollowingTest.CONDSTORE;
        case PLAIN -> FollowingTest.PLAIN;
      };
    }
  }

  @BeforeAll
  static void start() {
    FULL.start();
    CONDSTORE.start();
    PLAIN.start();
  }

  @AfterAll
  static void stop() {
    FULL.close();
    CONDSTORE.close();
    PLAIN.close();
  }

  @ParameterizedTest
  @EnumSource
  void arrivalsFlagsAndDeparturesAreFound(Kind kind) {
    DovecotServer server = kind.server();
    server.seed("ann", "INBOX", 10);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(server, "ann");
        ImapConnection other = server.connect("ann")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ann");
      List<Id> before = view.emailIds("INBOX");
      State state = view.emailState();

      other.select("INBOX");
      other.messages().store(UidSet.of(2), StoreMode.ADD, Set.of("\\Seen", "$work"));
      other.messages().store(UidSet.of(3), StoreMode.ADD, Set.of("\\Deleted"));
      other.messages().expunge(UidSet.of(3));
      server.seed("ann", "INBOX", 1);
      account.sync(PATIENCE);

      Changes changes = view.emailChanges(state);
      assertThat(changes.created()).hasSize(1);
      assertThat(changes.updated()).containsExactly(before.get(8));
      assertThat(changes.destroyed()).containsExactly(before.get(7));
      assertThat(view.email(before.get(8)).keywords()).containsExactlyInAnyOrder("$seen", "$work");
      assertThat(view.emailIds("INBOX")).hasSize(10).doesNotContain(before.get(7));
      Mailbox inbox = view.mailbox("INBOX").orElseThrow();
      assertThat(inbox.totalEmails()).isEqualTo(10);
      assertThat(inbox.unreadEmails()).isEqualTo(9);

      State settled = view.emailState();
      account.sync(PATIENCE);
      assertThat(view.emailState()).isEqualTo(settled);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatAnotherClientMovesStaysTheSameEmail(Kind kind) {
    DovecotServer server = kind.server();
    server.seed("ben", "INBOX", 6);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(server, "ben");
        ImapConnection other = server.connect("ben")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ben");
      Id moved = view.emailIds("INBOX").get(4);
      State state = view.emailState();

      other.select("INBOX");
      other.messages().copy(UidSet.of(2), "Archive");
      other.messages().store(UidSet.of(2), StoreMode.ADD, Set.of("\\Deleted"));
      other.messages().expunge(UidSet.of(2));
      account.sync(PATIENCE);

      assertThat(view.emailIds("Archive")).containsExactly(moved);
      assertThat(view.email(moved).mailboxIds()).containsExactly(view.mailboxId("Archive"));
      Changes changes = view.emailChanges(state);
      assertThat(changes.created()).isEmpty();
      assertThat(changes.destroyed()).isEmpty();
      assertThat(changes.updated()).containsExactly(moved);
    }
  }

  @ParameterizedTest
  @EnumSource
  void foldersComeGoAndChangeTheirNames(Kind kind) {
    DovecotServer server = kind.server();
    server.seed("cleo", "Old", 4);
    server.seed("cleo", "Doomed", 2);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(server, "cleo");
        ImapConnection other = server.connect("cleo")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "cleo");
      Id old = view.mailboxId("Old");
      List<Id> emails = view.emailIds("Old");
      List<Id> doomed = view.emailIds("Doomed");

      other.mailboxes().rename("Old", "New");
      account.sync(PATIENCE);
      assertThat(view.mailboxId("New")).isEqualTo(old);
      assertThat(view.emailIds("New")).isEqualTo(emails);

      other.select("Doomed");
      other.messages().copy(UidSet.of(1), "New");
      other.unselect();
      other.mailboxes().delete("Doomed");
      account.sync(PATIENCE);
      assertThat(view.mailbox("Doomed")).isEmpty();
      assertThat(view.emailIds("New")).hasSize(5).contains(doomed.get(1));
      assertThat(view.emails(doomed)).hasSize(1);

      server.seed("cleo", "Fresh", 3);
      account.sync(PATIENCE);
      assertThat(view.emailIds("Fresh")).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void emailsKeepTheirIdsWhenUidValidityChanges(Kind kind) {
    DovecotServer server = kind.server();
    server.seed("dora", "Project", 7);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(server, "dora");
        ImapConnection other = server.connect("dora")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "dora");
      List<Id> before = view.emailIds("Project");

      other.mailboxes().create("Shelter");
      other.select("Project");
      other.messages().copy(UidSet.range(1, 6), "Shelter");
      other.unselect();
      other.mailboxes().delete("Project");
      other.mailboxes().rename("Shelter", "Project");
      account.sync(PATIENCE);

      assertThat(view.emailIds("Project")).isEqualTo(before.subList(1, 7));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theInboxOfAnAwakeAccountIsWatched(Kind kind) {
    DovecotServer server = kind.server();
    server.seed("emil", "INBOX", 3);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(server, "emil");
        ImapConnection other = server.connect("emil");
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "emil");
      ImapProxy.await("awake", () -> account.status().phase() == Phase.LIVE);
      Id oldest = view.emailIds("INBOX").get(2);
      other.select("INBOX");

      Instant begin = Instant.now();
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Flagged"));
      ImapProxy.await("flag", () -> view.email(oldest).keywords().contains("$flagged"));
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));

      server.seed("emil", "INBOX", 1);
      other.noop();
      ImapProxy.await("arrival", () -> view.emailIds("INBOX").size() == 4);

      other.messages().copy(UidSet.of(1), "Trash");
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Deleted"));
      other.messages().expunge(UidSet.of(1));
      ImapProxy.await("departure", () -> view.emailIds("INBOX").size() == 3);
      assertThat(view.emailIds("Trash")).containsExactly(oldest);
      assertThat(lease).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMailboxThatAClientLooksAtIsFollowedAlthoughItIsNotTheInbox(Kind kind) {
    DovecotServer server = kind.server();
    server.seed("fay", "Archive", 3);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(server, "fay");
        ImapConnection other = server.connect("fay");
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "fay");
      ImapProxy.await("awake", () -> account.status().phase() == Phase.LIVE);
      other.select("Archive");
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Flagged"));
      ImapProxy.await(
          "flag",
          () -> view.email(view.emailIds("Archive").get(2)).keywords().contains("$flagged"));
      assertThat(lease).isNotNull();
    }
  }

  /** Every tenth round would find it too, but not within the bound of the waiting. */
  @Test
  void whatOthersHaveReadOnAPlainServerIsFoundByTheNumberOfUnseenMessages() {
    PLAIN.seed("gus", "Archive", 3);
    try (ImapProxy proxy = new ImapProxy(builder -> builder.pollInterval(Duration.ofSeconds(7)));
        OpenAccount account = proxy.open(PLAIN, "gus");
        ImapConnection other = PLAIN.connect("gus");
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "gus");
      Id oldest = view.emailIds("Archive").get(2);
      account.sync(PATIENCE);
      other.select("Archive");
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Seen"));
      ImapProxy.await("read", () -> view.email(oldest).keywords().contains("$seen"));
      assertThat(lease).isNotNull();
    }
  }
}
