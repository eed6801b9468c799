package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.mail.email.Email;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which IMAP messages are one Email, and that its ids stay. */
class IdentityTest {

  private StoreFixture store;
  private FolderKey inbox;
  private FolderKey archive;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = new StoreFixture(directory);
    inbox = store.folder("INBOX", Optional.of("inbox"));
    archive = store.folder("Archive", Optional.of("archive"));
  }

  @AfterEach
  void close() {
    Invariants.check(store);
    store.close();
  }

  @Test
  void equalMessagesInTwoMailboxesAreOneEmail() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    store.arrive(archive, TestMessage.named("a").uid(7));

    assertThat(store.emailId(inbox, 1)).isEqualTo(store.emailId(archive, 7));
    assertThat(store.email(inbox, 1).mailboxIds())
        .containsExactlyInAnyOrder(store.mailboxId("INBOX"), store.mailboxId("Archive"));
  }

  @Test
  void equalMessagesInOneMailboxAreTwoEmails() {
    store.arrive(inbox, TestMessage.named("a").uid(1), TestMessage.named("a").uid(2));

    assertThat(store.emailId(inbox, 1)).isNotEqualTo(store.emailId(inbox, 2));
    assertThat(store.mailbox("INBOX").totalEmails()).isEqualTo(2);
  }

  @Test
  void equalMessagesWithoutMessageIdAreTwoEmails() {
    TestMessage message = TestMessage.named("a").without("Message-ID");
    store.arrive(inbox, message.uid(1));
    store.arrive(archive, message.uid(1));

    assertThat(store.emailId(inbox, 1)).isNotEqualTo(store.emailId(archive, 1));
  }

  @Test
  void messagesThatDifferInSizeOrDateAreTwoEmails() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    store.arrive(archive, TestMessage.named("a").size(1001).uid(1));
    store.arrive(archive, TestMessage.named("a").at(TestMessage.NOON.plusSeconds(1)).uid(2));

    assertThat(
            Set.of(store.emailId(inbox, 1), store.emailId(archive, 1), store.emailId(archive, 2)))
        .hasSize(3);
  }

  @Test
  void oneEmailIdInOneMailboxIsOneEmailCountedOnce() {
    store.arrive(
        inbox,
        TestMessage.named("a").emailId("M1").uid(1),
        TestMessage.named("a").emailId("M1").uid(2));

    assertThat(store.emailId(inbox, 1)).isEqualTo(Id.of("M1"));
    assertThat(store.emailId(inbox, 2)).isEqualTo(Id.of("M1"));
    assertThat(store.mailbox("INBOX").totalEmails()).isEqualTo(1);
    assertThat(store.reader().messages(List.of(Id.of("M1"))).values())
        .singleElement()
        .satisfies(message -> assertThat(message.copies()).hasSize(2));
  }

  @Test
  void differentEmailIdsAreDifferentEmailsThoughTheMessagesAreEqual() {
    store.arrive(inbox, TestMessage.named("a").emailId("M1").uid(1));
    store.arrive(archive, TestMessage.named("a").emailId("M2").uid(1));

    assertThat(store.emailId(archive, 1)).isEqualTo(Id.of("M2"));
  }

  @Test
  void anEmailIdThatIsNoIdInJmapOnlyLinks() {
    store.arrive(inbox, TestMessage.named("a").emailId("not:an:id").uid(1));
    store.arrive(archive, TestMessage.named("b").emailId("not:an:id").uid(1));

    assertThat(store.emailId(inbox, 1).value()).matches("e[a-z0-9]{15}");
    assertThat(store.emailId(archive, 1)).isEqualTo(store.emailId(inbox, 1));
  }

  @Test
  void aGuidLinksEvenWhenTheServerRewroteTheHeader() {
    store.arrive(inbox, TestMessage.named("a").guid("g1").uid(1));
    store.arrive(archive, TestMessage.named("a").field("X-More", "1").guid("g1").uid(1));

    assertThat(store.emailId(archive, 1)).isEqualTo(store.emailId(inbox, 1));
  }

  @Test
  void aServerThatLearnsEmailIdsKeepsTheIdsOfItsEmails() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    Id before = store.emailId(inbox, 1);

    store
        .writer()
        .addServerIds(
            inbox, Map.of(1L, TestMessage.named("a").emailId("M1").threadId("T1").serverIds()));
    store.arrive(archive, TestMessage.named("other").emailId("M1").uid(1));

    assertThat(store.emailId(archive, 1)).isEqualTo(before);
  }

  @Test
  void aMoveInOneRoundIsOneUpdate() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    Id id = store.emailId(inbox, 1);
    State before = store.store().state("Email");

    store
        .writer()
        .apply(
            List.of(
                FolderDelta.of(inbox)
                    .withDepartures(org.jmapproxy.backend.imap.internal.protocol.UidSet.of(1)),
                FolderDelta.of(archive).withArrivals(List.of(TestMessage.named("a").uid(1)))));

    Changes changes = store.changes("Email", before);
    assertThat(changes.updated()).containsExactly(id);
    assertThat(changes.created()).isEmpty();
    assertThat(changes.destroyed()).isEmpty();
    assertThat(store.email(id).orElseThrow().mailboxIds())
        .containsExactly(store.mailboxId("Archive"));
  }

  @Test
  void aMoveInTwoRoundsKeepsTheIdToo() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    Id id = store.emailId(inbox, 1);
    store.arrive(archive, TestMessage.named("a").uid(1));
    store.depart(inbox, 1);

    assertThat(store.emailId(archive, 1)).isEqualTo(id);
  }

  @Test
  void anIdIsNotUsedAgainAfterItsEmailIsGone() {
    store.arrive(inbox, TestMessage.named("a").emailId("M1").uid(1));
    store.depart(inbox, 1);
    store.arrive(inbox, TestMessage.named("a").emailId("M1").uid(2));

    assertThat(store.emailId(inbox, 2)).isNotEqualTo(Id.of("M1"));
  }

  @Test
  void aChangeOfUidValidityKeepsIdsEvenOfTwins() {
    store.arrive(
        inbox,
        TestMessage.named("a").uid(5),
        TestMessage.named("twin").uid(6),
        TestMessage.named("twin").uid(7),
        TestMessage.named("gone").uid(8));
    List<Id> before =
        List.of(store.emailId(inbox, 5), store.emailId(inbox, 6), store.emailId(inbox, 7));
    State state = store.store().state("Email");

    store.writer().beginReset(inbox);
    assertThat(store.mailbox("INBOX").totalEmails()).isEqualTo(4);
    assertThat(store.reader().uids(inbox).isEmpty()).isTrue();
    store.arrive(
        inbox,
        TestMessage.named("a").uid(1),
        TestMessage.named("twin").uid(2),
        TestMessage.named("twin").uid(3));
    store.writer().endReset(inbox);

    assertThat(List.of(store.emailId(inbox, 1), store.emailId(inbox, 2), store.emailId(inbox, 3)))
        .containsExactlyElementsOf(before);
    Changes changes = store.changes("Email", state);
    assertThat(changes.created()).isEmpty();
    assertThat(changes.updated()).isEmpty();
    assertThat(changes.destroyed()).hasSize(1);
  }

  @Test
  void twoChangesOfUidValidityInARowKeepIds() {
    store.arrive(inbox, TestMessage.named("a").uid(1), TestMessage.named("b").uid(2));
    Id a = store.emailId(inbox, 1);
    Id b = store.emailId(inbox, 2);

    store.writer().beginReset(inbox);
    store.arrive(inbox, TestMessage.named("b").uid(1));
    store.writer().beginReset(inbox);
    store.arrive(inbox, TestMessage.named("b").uid(1), TestMessage.named("a").uid(2));
    store.writer().endReset(inbox);

    assertThat(store.emailId(inbox, 1)).isEqualTo(b);
    assertThat(store.emailId(inbox, 2)).isEqualTo(a);
  }

  @Test
  void blobIdsStayWhenAThreadMergeGivesNewIds() {
    TestMessage first = TestMessage.named("one").subject("Topic");
    TestMessage second = TestMessage.named("two").subject("Topic");
    store.arrive(inbox, first.uid(1), second.uid(2));
    Id emailBefore = store.emailId(inbox, 2);
    Id blobBefore = store.email(inbox, 2).blobId();

    store.arrive(
        inbox,
        TestMessage.named("three")
            .subject("Re: Topic")
            .field("References", "<one@example.org> <two@example.org>")
            .uid(3));

    assertThat(store.emailId(inbox, 2)).isNotEqualTo(emailBefore);
    assertThat(store.email(inbox, 2).blobId()).isEqualTo(blobBefore);
    assertThat(store.reader().messageOfBlob(blobBefore).map(StoredMessage::emailId))
        .contains(store.emailId(inbox, 2));
  }

  @Test
  void theBlobOfAMessageKnowsAllItsCopies() {
    store.arrive(inbox, TestMessage.named("a").uid(4));
    store.arrive(archive, TestMessage.named("a").flags("\\Deleted").uid(9));
    Email email = store.email(inbox, 4);

    StoredMessage message = store.reader().messageOfBlob(email.blobId()).orElseThrow();
    assertThat(message.size()).isEqualTo(1000);
    assertThat(message.structure().type()).isEqualTo("text/plain");
    assertThat(message.copies())
        .containsExactlyInAnyOrder(
            new MessageCopy(inbox, 4, 0, false), new MessageCopy(archive, 9, 0, true));
    assertThat(store.reader().messageOfBlob(Id.of("b-1"))).isEmpty();
    assertThat(store.reader().messageOfBlob(Id.of(email.blobId().value() + "99"))).isEmpty();
  }
}
