package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keywords are the union of all copies' flags; counts are those of Emails that clients see. */
class FlagsAndCountsTest {

  private StoreFixture store;
  private FolderKey inbox;
  private FolderKey trash;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = new StoreFixture(directory);
    inbox = store.folder("INBOX", Optional.of("inbox"));
    trash = store.folder("Trash", Optional.of("trash"));
  }

  @AfterEach
  void close() {
    Invariants.check(store);
    store.close();
  }

  @Test
  void imapFlagsBecomeKeywords() {
    store.arrive(
        inbox,
        TestMessage.named("a")
            .flags("\\Seen", "\\Answered", "\\Recent", "\\Odd", "$Forwarded", "Work", "$Seen2")
            .uid(1));

    assertThat(store.email(inbox, 1).keywords())
        .containsExactlyInAnyOrder("$seen", "$answered", "$forwarded", "work", "$seen2");
  }

  @Test
  void aKeywordThatLooksLikeASystemFlagIsNone() {
    store.arrive(inbox, TestMessage.named("a").flags("$Seen", "b(d").uid(1));

    assertThat(store.email(inbox, 1).keywords()).isEmpty();
  }

  @Test
  void keywordsAreTheUnionOfAllCopies() {
    store.arrive(inbox, TestMessage.named("a").flags("\\Seen", "x").uid(1));
    store.arrive(trash, TestMessage.named("a").flags("\\Flagged", "y").uid(1));

    assertThat(store.email(inbox, 1).keywords())
        .containsExactlyInAnyOrder("$seen", "$flagged", "x", "y");

    store.depart(inbox, 1);
    assertThat(store.email(trash, 1).keywords()).containsExactlyInAnyOrder("$flagged", "y");
  }

  @Test
  void aMessageMarkedDeletedIsNotThereAndComesBackWhenUnmarked() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    Id id = store.emailId(inbox, 1);
    State seenBefore = store.store().state("Email");

    store.flag(inbox, 1, "\\Deleted");
    assertThat(store.email(id)).isEmpty();
    assertThat(store.mailbox("INBOX").totalEmails()).isZero();
    State seenBetween = store.store().state("Email");
    assertThat(store.changes("Email", seenBefore).destroyed()).containsExactly(id);

    store.flag(inbox, 1);
    assertThat(store.email(id)).isPresent();
    assertThat(store.changes("Email", seenBetween).created()).containsExactly(id);
    assertThat(store.changes("Email", seenBefore).updated()).containsExactly(id);
    assertThat(store.changes("Email", seenBefore).created()).isEmpty();
  }

  @Test
  void aCopyMarkedDeletedTakesTheEmailOutOfItsMailboxOnly() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    store.arrive(trash, TestMessage.named("a").uid(1));

    store.flag(inbox, 1, "\\Deleted");

    assertThat(store.email(trash, 1).mailboxIds()).containsExactly(store.mailboxId("Trash"));
  }

  @Test
  void aMessageThatArrivesDeletedIsNeverSeen() {
    State emails = store.store().state("Email");
    State threads = store.store().state("Thread");
    Committed committed = store.arrive(inbox, TestMessage.named("a").flags("\\Deleted").uid(1));

    assertThat(committed.change()).isEmpty();
    assertThat(store.store().state("Email")).isEqualTo(emails);
    assertThat(store.store().state("Thread")).isEqualTo(threads);
    assertThat(store.reader().uids(inbox).contains(1)).isTrue();
  }

  @Test
  void theEchoOfAChangeMovesNoState() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    assertThat(store.flag(inbox, 1, "\\Seen").change()).isPresent();

    assertThat(store.flag(inbox, 1, "\\Seen").change()).isEmpty();
    assertThat(store.arrive(inbox, TestMessage.named("a").flags("\\Seen").uid(1)).change())
        .isEmpty();
  }

  @Test
  void whatIsOlderThanTheRowIsPassedOver() {
    store.arrive(inbox, TestMessage.named("a").modSeq(10).uid(1));
    store.flag(inbox, 1, 12, "\\Seen");
    store.flag(inbox, 1, 11, "\\Flagged");

    assertThat(store.email(inbox, 1).keywords()).containsExactly("$seen");

    store.flag(inbox, 1, 13, "\\Flagged");
    assertThat(store.email(inbox, 1).keywords()).containsExactly("$flagged");
  }

  @Test
  void unreadMeansNeitherSeenNorDraft() {
    store.arrive(
        inbox,
        TestMessage.named("a").uid(1),
        TestMessage.named("b").flags("\\Seen").uid(2),
        TestMessage.named("c").flags("\\Draft").uid(3));

    assertThat(store.mailbox("INBOX").totalEmails()).isEqualTo(3);
    assertThat(store.mailbox("INBOX").unreadEmails()).isEqualTo(1);
    assertThat(store.mailbox("INBOX").unreadThreads()).isEqualTo(1);
  }

  @Test
  void aThreadIsUnreadWhereverItsUnreadEmailIs() {
    FolderKey archive = store.folder("Archive");
    store.arrive(inbox, TestMessage.named("a").subject("P").flags("\\Seen").uid(1));
    store.arrive(archive, TestMessage.named("b").subject("P").replyTo("a").uid(1));

    assertThat(store.mailbox("INBOX").unreadEmails()).isZero();
    assertThat(store.mailbox("INBOX").unreadThreads()).isEqualTo(1);
  }

  @Test
  void trashIsAWorldOfItsOwn() {
    store.arrive(inbox, TestMessage.named("a").subject("P").flags("\\Seen").uid(1));
    store.arrive(trash, TestMessage.named("b").subject("P").replyTo("a").uid(1));

    assertThat(store.mailbox("INBOX").unreadThreads()).isZero();
    assertThat(store.mailbox("Trash").unreadThreads()).isEqualTo(1);

    store.flag(trash, 1, "\\Seen");
    store.flag(inbox, 1);
    assertThat(store.mailbox("INBOX").unreadThreads()).isEqualTo(1);
    assertThat(store.mailbox("Trash").unreadThreads()).isZero();
  }

  @Test
  void unreadThreadsFollowTheRoleOfTrash() {
    store.arrive(inbox, TestMessage.named("a").subject("P").flags("\\Seen").uid(1));
    store.arrive(trash, TestMessage.named("b").subject("P").replyTo("a").uid(1));

    store.list(StoreFixture.listed("Trash", Optional.empty(), FolderEvidence.none()));
    assertThat(store.mailbox("INBOX").unreadThreads()).isEqualTo(1);

    store.writer().setRole(store.mailboxId("Trash"), Optional.of("trash"));
    assertThat(store.mailbox("INBOX").unreadThreads()).isZero();
  }

  @Test
  void changesOfCountsAloneAreSaidToBe() {
    State state = store.store().state("Mailbox");
    store.arrive(inbox, TestMessage.named("a").uid(1));

    Changes counts = store.changes("Mailbox", state);
    assertThat(counts.updated()).containsExactly(store.mailboxId("INBOX"));
    assertThat(counts.updatedProperties().orElseThrow())
        .containsExactlyInAnyOrder("totalEmails", "unreadEmails", "totalThreads", "unreadThreads");

    store.writer().setSortOrder(store.mailboxId("Trash"), 7);
    assertThat(store.changes("Mailbox", state).updatedProperties()).isEmpty();
  }

  @Test
  void aFlagThatIsNoCountMovesNoMailbox() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    State mailboxes = store.store().state("Mailbox");
    Mailbox before = store.mailbox("INBOX");

    store.flag(inbox, 1, "\\Flagged");

    assertThat(store.store().state("Mailbox")).isEqualTo(mailboxes);
    assertThat(store.mailbox("INBOX")).isEqualTo(before);
  }

  @Test
  void onlyNewEmailsMoveTheStateOfDelivery() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    State delivery = store.store().state("EmailDelivery");
    store.flag(inbox, 1, "\\Seen");
    assertThat(store.store().state("EmailDelivery")).isEqualTo(delivery);

    Committed committed = store.arrive(inbox, TestMessage.named("b").uid(2));
    assertThat(committed.change().orElseThrow().states())
        .containsOnlyKeys("Email", "EmailDelivery", "Mailbox", "Thread");
  }
}
