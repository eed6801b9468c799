package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.CyrusServer.Hierarchy;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.RawImap;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxRights;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One user shares folders with another: RFC 4314 (ACL), RFC 2342 (NAMESPACE). */
class SharingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final MailboxRights READ_ONLY =
      new MailboxRights(true, false, false, false, false, false, false, false, false);

  private static final CyrusServer CYRUS = CyrusServer.standard();
  private static final CyrusServer DOTS =
      CyrusServer.builder().hierarchy(Hierarchy.BELOW_INBOX_DOT).without("LIST-MYRIGHTS").build();
  private static final DovecotServer DOVECOT = DovecotServer.builder().withSharing().build();

  enum Kind {
    CYRUS,
    DOTS,
    DOVECOT;

    RealServer server() {
      return switch (this) {
        case CYRUS -> SharingTest.CYRUS;
        case DOTS -> SharingTest.DOTS;
        case DOVECOT -> SharingTest.DOVECOT;
      };
    }

    String folder(String name) {
      return this == DOTS ? Hierarchy.BELOW_INBOX_DOT.folder(name) : name;
    }

    String othersAreBelow() {
      return switch (this) {
        case CYRUS -> "Other Users";
        case DOTS -> "user";
        case DOVECOT -> "shared";
      };
    }
  }

  @BeforeAll
  static void start() {
    CYRUS.start();
    DOTS.start();
    DOVECOT.start();
  }

  @AfterAll
  static void stop() {
    CYRUS.close();
    DOTS.close();
    DOVECOT.close();
  }

  /** Two users; one has given the other a folder to work in and one to read. */
  private static final class Scene implements AutoCloseable {
    final Kind kind;
    final String bob;
    final String alice;
    final RawImap giver;
    final ImapProxy proxy = new ImapProxy();
    final OpenAccount account;
    final AccountView view;

    Scene(Kind kind) {
      this.kind = kind;
      int number = USERS.incrementAndGet();
      bob = "bob" + number;
      alice = "alice" + number;
      kind.server().connect(alice).close();
      kind.server().seed(bob, kind.folder("Board"), 2);
      kind.server().seed(bob, kind.folder("Team"), 1);
      giver = new RawImap(kind.server(), bob);
      share("Board", "lr");
      share("Team", "lrswipkxte");
      share("Archive", "lr");
      account = proxy.open(kind.server(), alice);
      account.sync(PATIENCE);
      view = new AccountView(account, alice);
    }

    void share(String name, String rights) {
      giver.ok("SETACL \"" + kind.folder(name) + "\" " + alice + " " + rights);
    }

    Mailbox parent(Mailbox child) {
      Id id = child.parentId().orElseThrow();
      return view.mailboxes().stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
    }

    Mailbox mailbox(String name) {
      return view.mailbox(name).orElseThrow();
    }

    @Override
    public void close() {
      account.close();
      proxy.close();
      giver.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void foldersOfOthersStandBelowParentsOfTheirOwnWithTheirRights(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      Mailbox board = scene.mailbox("Board");
      Mailbox team = scene.mailbox("Team");
      Mailbox owner = scene.parent(board);

      assertThat(owner.name()).isEqualTo(scene.bob);
      assertThat(scene.parent(team)).isEqualTo(owner);
      assertThat(scene.parent(owner).name()).isEqualTo(kind.othersAreBelow());
      assertThat(scene.parent(owner).parentId()).isEmpty();
      assertThat(owner.myRights().mayCreateChild()).isFalse();
      assertThat(scene.parent(owner).myRights().mayCreateChild()).isFalse();
      assertThat(board.myRights()).isEqualTo(READ_ONLY);
      assertThat(board.totalEmails()).isEqualTo(2);
      assertThat(team.myRights()).isEqualTo(MailboxRights.all());
    }
  }

  @ParameterizedTest
  @EnumSource
  void foldersOfOthersHaveNoRoles(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      List<Mailbox> archives =
          scene.view.mailboxes().stream().filter(m -> m.name().equals("Archive")).toList();
      assertThat(archives).hasSize(2);
      assertThat(archives)
          .filteredOn(mailbox -> mailbox.parentId().isEmpty())
          .extracting(Mailbox::role)
          .containsExactly(Optional.of("archive"));
      assertThat(archives)
          .filteredOn(mailbox -> mailbox.parentId().isPresent())
          .extracting(Mailbox::role)
          .containsExactly(Optional.empty());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatMayOnlyBeReadIsNotChanged(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      AccountView view = scene.view;
      Id board = view.mailboxId("Board");
      Id email = view.emailIds("Board").get(0);
      SetChange<Id> away = SetChange.replace(Set.of(view.mailboxId("INBOX")));
      MailboxCreation child =
          new MailboxCreation("Child", Optional.of(board), Optional.empty(), 0, false);

      assertThat(refusal(view.keywords(List.of(email), flagged()))).isEqualTo("forbidden");
      assertThat(refusal(view.move(List.of(email), away))).isEqualTo("forbidden");
      assertThat(refusal(view.create(message(board)))).isEqualTo("forbidden");
      assertThat(refusal(view.create(child))).isEqualTo("forbidden");
      assertThat(refusal(view.destroyMailbox(board, Arguments.none()))).isEqualTo("forbidden");
      assertThat(refusal(view.destroy(Set.of(email)).values().iterator().next()))
          .isEqualTo("forbidden");
      assertThat(view.emailIds("Board")).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatMayBeWrittenIsWrittenLikeOnesOwn(Kind kind) {
    try (Scene scene = new Scene(kind);
        ImapConnection owner = kind.server().connect(scene.bob)) {
      AccountView view = scene.view;
      Id team = view.mailboxId("Team");
      Id taken = view.emailIds("Team").get(0);

      assertThat(view.create(message(team))).isInstanceOf(CreateOutcome.Created.class);
      assertThat(view.emailIds("Team")).hasSize(2);
      assertThat(owner.select(kind.folder("Team")).exists()).isEqualTo(2);

      SetChange<Id> away = SetChange.replace(Set.of(view.mailboxId("INBOX")));
      assertThat(view.keywords(List.of(taken), flagged()).get(taken))
          .isInstanceOf(UpdateOutcome.Updated.class);
      assertThat(view.move(List.of(taken), away).get(taken))
          .isInstanceOf(UpdateOutcome.Updated.class);
      assertThat(view.emailIds("INBOX")).containsExactly(taken);
      assertThat(view.email(taken).keywords()).contains("$flagged");
      owner.noop();
      assertThat(owner.select(kind.folder("Team")).exists()).isEqualTo(1);

      MailboxCreation child =
          new MailboxCreation("Child", Optional.of(team), Optional.empty(), 0, false);
      assertThat(view.create(child)).isInstanceOf(CreateOutcome.Created.class);
      assertThat(view.destroyMailbox(view.mailboxId("Child"), Arguments.none()))
          .isInstanceOf(DestroyOutcome.Destroyed.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rightsThatAreTakenAwayRefuseAtOnceAndShowLater(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      AccountView view = scene.view;
      Id team = view.mailboxId("Team");
      scene.share("Team", "lr");

      assertThat(refusal(view.create(message(team)))).isEqualTo("forbidden");
      ImapProxy.await(
          "the rights show",
          () -> {
            scene.account.sync(PATIENCE);
            return scene.mailbox("Team").myRights().equals(READ_ONLY);
          });

      scene.share("Team", "\"\"");
      scene.account.sync(PATIENCE);
      assertThat(view.mailbox("Team")).isEmpty();
    }
  }

  private static SetChange<String> flagged() {
    return SetChange.patch(Set.of("$flagged"), Set.of());
  }

  private static NewEmail message(Id mailbox) {
    byte[] message = "Subject: new\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII);
    return new NewEmail(
        new MemoryBlob("message/rfc822", message), Set.of(mailbox), Set.of(), Optional.empty());
  }

  private static String refusal(Map<Id, ? extends UpdateOutcome<?>> outcomes) {
    return ((UpdateOutcome.NotUpdated<?>) outcomes.values().iterator().next()).error().type();
  }

  private static String refusal(CreateOutcome<?> outcome) {
    return ((CreateOutcome.NotCreated<?>) outcome).error().type();
  }

  private static String refusal(DestroyOutcome outcome) {
    return ((DestroyOutcome.NotDestroyed) outcome).error().type();
  }
}
