package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.mail.thread.ThreadLookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Emails are one Thread, and what happens when Threads become one. */
class ThreadingTest {

  private StoreFixture store;
  private FolderKey inbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = new StoreFixture(directory);
    inbox = store.folder("INBOX");
  }

  @AfterEach
  void close() {
    Invariants.check(store);
    store.close();
  }

  @Test
  void aReplyJoinsTheThread() {
    store.arrive(inbox, TestMessage.named("a").subject("Plan").uid(1));
    store.arrive(inbox, TestMessage.named("b").subject("Re: Plan").replyTo("a").uid(2));

    assertThat(thread(2)).isEqualTo(thread(1));
  }

  @Test
  void aReplyThatComesFirstIsJoinedByWhatItAnswers() {
    store.arrive(inbox, TestMessage.named("b").subject("Re: Plan").replyTo("a").uid(1));
    store.arrive(inbox, TestMessage.named("a").subject("Plan").uid(2));

    assertThat(thread(2)).isEqualTo(thread(1));
  }

  @Test
  void siblingsMeetInAReferenceThatNobodyHas() {
    store.arrive(inbox, TestMessage.named("b").subject("Re: Plan").replyTo("lost").uid(1));
    store.arrive(inbox, TestMessage.named("c").subject("Re: Plan").replyTo("lost").uid(2));

    assertThat(thread(2)).isEqualTo(thread(1));
  }

  @Test
  void aReplyOnAnotherSubjectBeginsAThread() {
    store.arrive(inbox, TestMessage.named("a").subject("Plan").uid(1));
    store.arrive(inbox, TestMessage.named("b").subject("Lunch?").replyTo("a").uid(2));

    assertThat(thread(2)).isNotEqualTo(thread(1));
  }

  @Test
  void aMessageBetweenThreadsGivesTheEmailsOfTheSmallerOneNewIds() {
    store.arrive(
        inbox,
        TestMessage.named("a").subject("Plan").uid(1),
        TestMessage.named("b").subject("Plan").uid(2),
        TestMessage.named("c").subject("Re: Plan").replyTo("b").uid(3));
    Id single = store.emailId(inbox, 1);
    Id smallThread = thread(1);
    Id largeThread = thread(2);
    State emails = store.store().state("Email");
    State threads = store.store().state("Thread");

    store.arrive(inbox, TestMessage.named("d").subject("Plan").field("References", both()).uid(4));

    assertThat(List.of(thread(1), thread(2), thread(3), thread(4))).containsOnly(largeThread);
    Changes changes = store.changes("Email", emails);
    assertThat(changes.destroyed()).containsExactly(single);
    assertThat(changes.created())
        .containsExactlyInAnyOrder(store.emailId(inbox, 1), store.emailId(inbox, 4));
    assertThat(changes.updated()).isEmpty();
    Changes threadChanges = store.changes("Thread", threads);
    assertThat(threadChanges.destroyed()).containsExactly(smallThread);
    assertThat(threadChanges.updated()).containsExactly(largeThread);
  }

  @Test
  void ofTwoThreadsOfOneSizeTheOlderOneStays() {
    store.arrive(inbox, TestMessage.named("a").subject("Plan").uid(1));
    store.arrive(inbox, TestMessage.named("b").subject("Plan").uid(2));
    Id older = thread(1);

    store.arrive(inbox, TestMessage.named("d").subject("Plan").field("References", both()).uid(3));

    assertThat(thread(2)).isEqualTo(older);
  }

  @Test
  void emailsThatNobodyHasSeenMergeFreely() {
    State emails = store.store().state("Email");
    store.arrive(
        inbox,
        TestMessage.named("a").subject("Plan").uid(1),
        TestMessage.named("b").subject("Plan").uid(2),
        TestMessage.named("d").subject("Plan").field("References", both()).uid(3));

    assertThat(List.of(thread(1), thread(2), thread(3))).containsOnly(thread(1));
    Changes changes = store.changes("Email", emails);
    assertThat(changes.created()).hasSize(3);
    assertThat(changes.destroyed()).isEmpty();
    assertThat(store.changes("Thread", emails).created()).hasSize(1);
  }

  @Test
  void theServersThreadsDecide() {
    store.arrive(
        inbox,
        TestMessage.named("a").subject("Plan").emailId("M1").threadId("T1").uid(1),
        TestMessage.named("b").subject("Re: Plan").replyTo("a").emailId("M2").threadId("T2").uid(2),
        TestMessage.named("c").subject("Else").emailId("M3").threadId("T1").uid(3));

    assertThat(thread(1)).isEqualTo(Id.of("T1"));
    assertThat(thread(2)).isEqualTo(Id.of("T2"));
    assertThat(thread(3)).isEqualTo(Id.of("T1"));
  }

  @Test
  void aThreadEndsWithItsLastEmailAndItsEmailsCanStillBeAskedFor() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    Id email = store.emailId(inbox, 1);
    Id thread = thread(1);
    State threads = store.store().state("Thread");

    store.depart(inbox, 1);

    assertThat(store.changes("Thread", threads).destroyed()).containsExactly(thread);
    Map<Id, Id> found =
        store
            .roles()
            .find(ThreadLookup.ROLE)
            .orElseThrow()
            .threadIds(StoreFixture.CONTEXT, List.of(email, Id.of("unknown")));
    assertThat(found).containsOnly(Map.entry(email, thread));
  }

  @Test
  void aKeywordDoesNotChangeTheThread() {
    store.arrive(inbox, TestMessage.named("a").uid(1));
    State threads = store.store().state("Thread");

    store.flag(inbox, 1, "\\Flagged");

    assertThat(store.store().state("Thread")).isEqualTo(threads);
  }

  private Id thread(long uid) {
    return store.email(inbox, uid).threadId();
  }

  private static String both() {
    return "<a@example.org> <b@example.org>";
  }
}
