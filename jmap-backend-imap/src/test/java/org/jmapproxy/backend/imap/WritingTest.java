package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients change is on the server and in the replica when they are answered. */
class WritingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant THEN = Instant.parse("2025-03-04T05:06:07Z");

  private static final DovecotServer FULL = DovecotServer.standard();
  private static final DovecotServer BARE =
      DovecotServer.builder().capability("IMAP4rev1 IDLE").build();

  enum Kind {
    EVERYTHING,
    BARE;

    DovecotServer server() {
      return this == EVERYTHING ? WritingTest.FULL : WritingTest.BARE;
    }
  }

  @BeforeAll
  static void start() {
    FULL.start();
    BARE.start();
  }

  @AfterAll
  static void stop() {
    FULL.close();
    BARE.close();
  }

  @ParameterizedTest
  @EnumSource
  void keywordsAreStoredAndSeenAtOnce(Kind kind) {
    kind.server().seed("ann", "INBOX", 5);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(kind.server(), "ann");
        ImapConnection other = kind.server().connect("ann")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ann");
      List<Id> ids = view.emailIds("INBOX");
      List<StateChange> heard = new CopyOnWriteArrayList<>();
      Subscription hearing = proxy.changes().signals(Id.of("ann")).subscribe(heard::add);

      var outcomes = view.keywords(ids, SetChange.patch(Set.of("$seen", "$later"), Set.of()));
      assertThat(outcomes.values()).hasSize(5).allMatch(UpdateOutcome.Updated.class::isInstance);
      assertThat(view.emails(ids))
          .allMatch(email -> email.keywords().equals(Set.of("$seen", "$later")));
      assertThat(view.mailbox("INBOX").map(Mailbox::unreadEmails)).contains(0L);
      assertThat(heard).hasSize(1);
      view.keywords(ids.subList(0, 1), SetChange.replace(Set.of("$flagged")));
      assertThat(view.email(ids.get(0)).keywords()).containsExactly("$flagged");
      other.select("INBOX");
      assertThat(other.messages().search(SearchCriteria.all().seen(true)).size()).isEqualTo(4);

      State state = view.emailState();
      account.sync(PATIENCE);
      assertThat(view.emailState()).isEqualTo(state);
      hearing.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void emailsMoveBetweenMailboxesWithTheirIds(Kind kind) {
    kind.server().seed("ben", "INBOX", 4);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(kind.server(), "ben")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ben");
      List<Id> ids = view.emailIds("INBOX");
      Id inbox = view.mailboxId("INBOX");
      Id archive = view.mailboxId("Archive");
      Id trash = view.mailboxId("Trash");

      var moved = view.move(ids.subList(0, 2), SetChange.replace(Set.of(archive)));
      assertThat(moved.values()).allMatch(UpdateOutcome.Updated.class::isInstance);
      assertThat(view.emailIds("Archive")).containsExactlyElementsOf(ids.subList(0, 2));
      assertThat(view.emailIds("INBOX")).containsExactlyElementsOf(ids.subList(2, 4));
      var copied = view.move(ids.subList(2, 3), SetChange.patch(Set.of(archive, trash), Set.of()));
      assertThat(copied.values()).allMatch(UpdateOutcome.Updated.class::isInstance);
      assertThat(view.email(ids.get(2)).mailboxIds())
          .containsExactlyInAnyOrder(inbox, archive, trash);

      State state = view.emailState();
      account.sync(PATIENCE);
      assertThat(view.emailState()).isEqualTo(state);
      assertThat(view.mailbox("Archive").map(Mailbox::totalEmails)).contains(3L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void destroyedEmailsAreGoneEverywhereAndOthersAreNot(Kind kind) {
    kind.server().seed("cleo", "INBOX", 5);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(kind.server(), "cleo");
        ImapConnection other = kind.server().connect("cleo")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "cleo");
      List<Id> ids = view.emailIds("INBOX");
      other.select("INBOX");
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Deleted"));

      var outcomes = view.destroy(Set.of(ids.get(0), ids.get(1), Id.of("unknown")));
      assertThat(outcomes.get(ids.get(0))).isInstanceOf(DestroyOutcome.Destroyed.class);
      assertThat(outcomes.get(ids.get(1))).isInstanceOf(DestroyOutcome.Destroyed.class);
      assertThat(outcomes.get(Id.of("unknown"))).isInstanceOf(DestroyOutcome.NotDestroyed.class);
      other.noop();
      assertThat(other.messages().search(SearchCriteria.all().uids(UidSet.of(1))).size())
          .isEqualTo(1);
      account.sync(PATIENCE);
      assertThat(view.emailIds("INBOX")).containsExactlyElementsOf(ids.subList(2, 4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageIsStoredInSeveralMailboxes(Kind kind) {
    kind.server().seed("dora", "INBOX", 2);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(kind.server(), "dora")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "dora");
      Set<Id> into = Set.of(view.mailboxId("INBOX"), view.mailboxId("Archive"));
      String message = "From: a@example.org\nMessage-ID: <new@x>\nSubject: New\n\nHello\n";

      CreateOutcome<Email> outcome =
          view.create(
              new NewEmail(
                  new MemoryBlob("message/rfc822", message.getBytes(StandardCharsets.UTF_8)),
                  into,
                  Set.of("$draft", "$mine"),
                  Optional.of(THEN)));
      Email created = ((CreateOutcome.Created<Email>) outcome).object();
      assertThat(created.mailboxIds()).isEqualTo(into);
      Email read = view.email(created.id());
      assertThat(read.keywords()).containsExactlyInAnyOrder("$draft", "$mine");
      assertThat(read.receivedAt()).isEqualTo(THEN);
      assertThat(read.preview()).isEqualTo("Hello");
      assertThat(read.size()).isEqualTo(message.length() + 5);
      assertThat(view.emailIds("Archive")).containsExactly(created.id());

      State state = view.emailState();
      account.sync(PATIENCE);
      assertThat(view.emailState()).isEqualTo(state);
    }
  }

  @Test
  void aMessageThatNothingIdentifiesKeepsItsIdWhenItMoves() {
    try (DovecotServer server =
        DovecotServer.builder().format(DovecotServer.Format.SDBOX).plainImap().build()) {
      server.start();
      try (ImapProxy proxy = new ImapProxy();
          OpenAccount account = proxy.open(server, "fritz")) {
        account.sync(PATIENCE);
        AccountView view = new AccountView(account, "fritz");
        Set<Id> into = Set.of(view.mailboxId("INBOX"), view.mailboxId("Sent"));
        CreateOutcome<Email> outcome =
            view.create(
                new NewEmail(
                    new MemoryBlob(
                        "message/rfc822", "Subject: x\n\ny\n".getBytes(StandardCharsets.UTF_8)),
                    into,
                    Set.of(),
                    Optional.of(THEN)));
        Id id = ((CreateOutcome.Created<Email>) outcome).object().id();
        assertThat(view.email(id).mailboxIds()).isEqualTo(into);
        Id archive = view.mailboxId("Archive");
        assertThat(view.move(List.of(id), SetChange.replace(Set.of(archive))).values())
            .allMatch(UpdateOutcome.Updated.class::isInstance);
        assertThat(view.email(id).mailboxIds()).containsExactly(archive);
        assertThat(account.status().messages()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void mailboxesAreCreatedAndDestroyed(Kind kind) {
    kind.server().seed("emil", "INBOX", 2);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(kind.server(), "emil")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "emil");
      Mailbox parent = created(view.create(mailbox("Größe", Optional.empty(), 7)));
      assertThat(parent.sortOrder()).isEqualTo(7);
      Mailbox child = created(view.create(mailbox("Kind", Optional.of(parent.id()), 0)));
      assertThat(view.mailbox("Kind").flatMap(Mailbox::parentId)).contains(parent.id());
      assertThat(view.create(mailbox("a/b", Optional.empty(), 0)))
          .isInstanceOf(CreateOutcome.NotCreated.class);
      List<Id> ids = new ArrayList<>(view.emailIds("INBOX"));
      view.move(ids.subList(0, 1), SetChange.replace(Set.of(child.id())));

      assertThat(error(view.destroyMailbox(parent.id(), Arguments.none())))
          .isEqualTo("mailboxHasChild");
      assertThat(error(view.destroyMailbox(child.id(), Arguments.none())))
          .isEqualTo("mailboxHasEmail");
      view.destroy(Set.copyOf(ids.subList(0, 1)));
      assertThat(view.destroyMailbox(child.id(), Arguments.none()))
          .isInstanceOf(DestroyOutcome.Destroyed.class);
      assertThat(view.destroyMailbox(parent.id(), Arguments.none()))
          .isInstanceOf(DestroyOutcome.Destroyed.class);
      assertThat(view.mailbox("Größe")).isEmpty();
    }
  }

  private static MailboxCreation mailbox(String name, Optional<Id> parentId, long sortOrder) {
    return new MailboxCreation(name, parentId, Optional.empty(), sortOrder, true);
  }

  private static Mailbox created(CreateOutcome<Mailbox> outcome) {
    assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
    return ((CreateOutcome.Created<Mailbox>) outcome).object();
  }

  private static String error(DestroyOutcome outcome) {
    return ((DestroyOutcome.NotDestroyed) outcome).error().type();
  }
}
