package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folder of a LIST round is which, and what becomes of the others. */
class FolderRoundTest {

  private StoreFixture store;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = new StoreFixture(directory);
    store.folder("INBOX", Optional.of("inbox"));
  }

  @AfterEach
  void close() {
    Invariants.check(store);
    store.close();
  }

  @Test
  void theSameRoundAgainChangesNothing() {
    store.folder("A/B");
    assertThat(store.list().change()).isEmpty();
  }

  @Test
  void childrenKnowTheirParents() {
    store.willList(StoreFixture.listed("A/B", Optional.empty(), FolderEvidence.none()));
    store.folder("A");

    assertThat(store.mailbox("A/B").parentId()).contains(store.mailboxId("A"));
    assertThat(store.mailbox("A/B").name()).isEqualTo("B");
    assertThat(store.reader().folders())
        .extracting(StoredFolder::path)
        .containsSubsequence("A", "A/B");
  }

  @Test
  void aMailboxIdIsTheMailboxesIdAndSurvivesARename() {
    store.list(StoreFixture.listed("A", Optional.empty(), mailboxId("F1")));
    assertThat(store.mailboxId("A")).isEqualTo(Id.of("F1"));
    State state = store.store().state("Mailbox");

    store.unlist("A");
    store.list(StoreFixture.listed("Z", Optional.empty(), mailboxId("F1")));

    assertThat(store.mailboxId("Z")).isEqualTo(Id.of("F1"));
    Changes changes = store.changes("Mailbox", state);
    assertThat(changes.updated()).containsExactly(Id.of("F1"));
    assertThat(changes.destroyed()).isEmpty();
  }

  @Test
  void namesThatAreSwappedTakeTheirMailboxesAlong() {
    store.list(StoreFixture.listed("A", Optional.empty(), guid("1")));
    store.list(StoreFixture.listed("B", Optional.empty(), guid("2")));
    Id a = store.mailboxId("A");
    Id b = store.mailboxId("B");

    store.willList(StoreFixture.listed("A", Optional.empty(), guid("2")));
    store.list(StoreFixture.listed("B", Optional.empty(), guid("1")));

    assertThat(store.mailboxId("A")).isEqualTo(b);
    assertThat(store.mailboxId("B")).isEqualTo(a);
  }

  @Test
  void aFolderWhoseGuidChangesInItsPlaceKeepsItsMailbox() {
    store.list(StoreFixture.listed("A", Optional.empty(), guid("1")));
    FolderKey key = store.key("A");
    store.arrive(key, TestMessage.named("a").uid(1));
    Id before = store.mailboxId("A");
    Id email = store.emailId(key, 1);

    assertThat(store.list(StoreFixture.listed("A", Optional.empty(), guid("2"))).change())
        .isEmpty();

    assertThat(store.mailboxId("A")).isEqualTo(before);
    assertThat(store.email(email)).isPresent();
  }

  @Test
  void aFolderWithAnotherMailboxIdInItsPlaceIsAnotherMailbox() {
    store.list(StoreFixture.listed("A", Optional.empty(), mailboxId("F1")));
    Id before = store.mailboxId("A");
    State state = store.store().state("Mailbox");

    store.list(StoreFixture.listed("A", Optional.empty(), mailboxId("F2")));

    assertThat(store.mailboxId("A")).isNotEqualTo(before);
    assertThat(store.changes("Mailbox", state).destroyed()).containsExactly(before);
  }

  @Test
  void aNewFolderInThePlaceOfARenamedOneIsAnother() {
    store.list(StoreFixture.listed("A", Optional.empty(), guid("1")));
    Id before = store.mailboxId("A");

    store.willList(StoreFixture.listed("A", Optional.empty(), guid("2")));
    store.list(StoreFixture.listed("Z", Optional.empty(), guid("1")));

    assertThat(store.mailboxId("Z")).isEqualTo(before);
    assertThat(store.mailboxId("A")).isNotEqualTo(before);
  }

  @Test
  void aVanishedFolderTakesItsEmailsUnlessTheyAreElsewhere() {
    FolderKey inbox = store.key("INBOX");
    FolderKey folder = store.folder("A");
    store.arrive(folder, TestMessage.named("a").uid(1), TestMessage.named("b").uid(2));
    store.arrive(inbox, TestMessage.named("b").uid(1));
    Id mailbox = store.mailboxId("A");
    Id gone = store.emailId(folder, 1);
    Id kept = store.emailId(folder, 2);
    State emails = store.store().state("Email");
    State mailboxes = store.store().state("Mailbox");

    store.unlist("A");
    store.list();

    assertThat(store.changes("Mailbox", mailboxes).destroyed()).containsExactly(mailbox);
    Changes changes = store.changes("Email", emails);
    assertThat(changes.destroyed()).containsExactly(gone);
    assertThat(changes.updated()).containsExactly(kept);
    assertThatThrownBy(() -> store.arrive(folder, TestMessage.named("c").uid(3)))
        .isInstanceOf(BackendException.class);
  }

  @Test
  void aRenameWithoutProofIsAskedAboutAndBelieved() {
    store.list(StoreFixture.listed("A", Optional.empty(), FolderEvidence.none()));
    FolderKey key = store.key("A");
    store
        .writer()
        .apply(
            FolderDelta.of(key)
                .withArrivals(
                    java.util.List.of(TestMessage.named("a").uid(3), TestMessage.named("b").uid(9)))
                .withPosition(new FolderPosition(77, 10, 0, 1, 2)));
    Id mailbox = store.mailboxId("A");
    Id email = store.emailId(key, 9);

    store.unlist("A");
    store.willList(StoreFixture.listed("Z", Optional.empty(), StoreFixture.uidEvidence(77, 10)));
    RenameQuestion question = store.reader().renameQuestions(store.round()).get(0);
    assertThat(question.newPath()).isEqualTo("Z");
    assertThat(question.uids().toString()).isEqualTo("3,9");
    store.writer().applyFolders(store.round().withRename("Z", question.folder()));

    assertThat(store.mailboxId("Z")).isEqualTo(mailbox);
    assertThat(store.emailId(store.key("Z"), 9)).isEqualTo(email);
    assertThat(store.stored("Z").position().uidValidity()).isEqualTo(77);
  }

  @Test
  void noQuestionIsAskedWhereTheAnswerIsNo() {
    FolderKey key = store.folder("A");
    store
        .writer()
        .apply(
            FolderDelta.of(key)
                .withArrivals(java.util.List.of(TestMessage.named("a").uid(3)))
                .withPosition(new FolderPosition(77, 10, 0, 1, 1)));
    store.unlist("A");

    store.willList(StoreFixture.listed("Z", Optional.empty(), StoreFixture.uidEvidence(78, 10)));
    assertThat(store.reader().renameQuestions(store.round())).isEmpty();
    store.willList(StoreFixture.listed("Z", Optional.empty(), StoreFixture.uidEvidence(77, 9)));
    assertThat(store.reader().renameQuestions(store.round())).isEmpty();
    store.willList(StoreFixture.listed("Z", Optional.empty(), StoreFixture.uidEvidence(77, 10)));
    assertThat(store.reader().renameQuestions(store.round())).hasSize(1);
    store.willList(StoreFixture.listed("Y", Optional.empty(), StoreFixture.uidEvidence(77, 10)));
    assertThat(store.reader().renameQuestions(store.round())).hasSize(2);
  }

  @Test
  void aRoleBelongsToTheFirstWhoClaimsIt() {
    store.folder("Sent", Optional.of("sent"));
    store.folder("Sent Items", Optional.of("sent"));

    assertThat(store.mailbox("Sent").role()).contains("sent");
    assertThat(store.mailbox("Sent Items").role()).isEmpty();
  }

  @Test
  void whatImapCannotKeepSurvivesRoundsAndReopening() {
    store.folder("A");
    store.writer().setSortOrder(store.mailboxId("A"), 42);
    store.writer().setRole(store.mailboxId("A"), Optional.of("archive"));

    store.list();
    store.reopen();

    assertThat(store.mailbox("A").sortOrder()).isEqualTo(42);
    assertThat(store.mailbox("A").role()).contains("archive");
  }

  private static FolderEvidence mailboxId(String id) {
    return new FolderEvidence(
        Optional.of(id), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  private static FolderEvidence guid(String id) {
    return new FolderEvidence(
        Optional.empty(), Optional.of(id), OptionalLong.empty(), OptionalLong.empty());
  }
}
