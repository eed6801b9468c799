package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.IdentityServers;
import org.jmapproxy.backend.imap.testkit.IdentityServers.Kind;
import org.jmapproxy.backend.imap.testkit.MailScene;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.mail.email.Email;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Another client moves, copies and removes messages; what stays the same keeps its id, whatever the
 * server can tell of identity. After each step a witness replays the changes in pages of one.
 */
class KeptIdsTest {

  @RegisterExtension static final IdentityServers SERVERS = new IdentityServers();

  @ParameterizedTest
  @EnumSource
  void manyMessagesThatMoveToANewFolderAtOnce(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
      scene.seed("INBOX", 230);
      scene.sync();
      Map<String, Id> before = scene.emails("INBOX");
      State state = scene.view().emailState();

      scene.create("Years");
      scene.move("INBOX", UidSet.range(1, 220), "Years");
      scene.other().select("Years");
      scene.other().messages().store(UidSet.range(1, 100), StoreMode.ADD, Set.of("\\Seen"));
      scene.sync();

      assertThat(scene.emails("Years")).hasSize(220).allSatisfy(isAsIn(before));
      assertThat(scene.emails("INBOX")).hasSize(10).allSatisfy(isAsIn(before));
      Changes changes = scene.view().emailChanges(state);
      assertThat(changes.created()).isEmpty();
      assertThat(changes.destroyed()).isEmpty();
      assertThat(changes.updated()).hasSize(220);
      assertThat(scene.view().mailbox("Years").orElseThrow().unreadEmails()).isEqualTo(120);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatMovesWhileFoldersAreCompared(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
      scene.seed("Archive", 3);
      scene.sync();
      Map<String, Id> before = scene.emails("Archive");

      scene.other().select("Archive");
      scene.other().messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Flagged"));
      scene.way().before("\"Archive\"", () -> scene.move("Archive", UidSet.of(2), "INBOX"));
      scene.way().before(" Archive", () -> scene.move("Archive", UidSet.of(2), "INBOX"));
      scene.sync();

      assertThat(scene.emails("Archive")).hasSize(2).allSatisfy(isAsIn(before));
      assertThat(scene.emails("INBOX")).hasSize(1).allSatisfy(isAsIn(before));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatGoesAwayAndComesBackBetweenRounds(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
      scene.seed("INBOX", 3);
      scene.sync();
      Map<String, Id> before = scene.emails("INBOX");

      scene.move("INBOX", UidSet.of(2), "Trash");
      scene.move("Trash", UidSet.of(1), "INBOX");
      scene.sync();
      assertThat(scene.emails("INBOX")).isEqualTo(before);

      scene.move("INBOX", UidSet.of(1), "Trash");
      scene.sync();
      scene.move("Trash", UidSet.of(2), "INBOX");
      scene.sync();
      assertThat(scene.emails("INBOX")).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void copiesAreOneEmailUntilTheLastIsGone(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
      scene.append("INBOX", "a", "Plan");
      scene.sync();
      Id id = scene.email("INBOX", "a").id();

      scene.other().select("INBOX");
      scene.other().messages().copy(UidSet.of(1), "Archive");
      scene.other().messages().copy(UidSet.of(1), "Sent");
      scene.sync();
      assertThat(scene.view().email(id).mailboxIds())
          .containsExactlyInAnyOrder(
              scene.view().mailboxId("INBOX"),
              scene.view().mailboxId("Archive"),
              scene.view().mailboxId("Sent"));

      scene.expunge(UidSet.of(1));
      scene.other().select("Sent");
      scene.expunge(UidSet.of(1));
      scene.sync();
      assertThat(scene.view().email(id).mailboxIds())
          .containsExactly(scene.view().mailboxId("Archive"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void twinsInOneMailboxStayTwo(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
      scene.append("INBOX", "twin", "Plan");
      scene.append("INBOX", "twin", "Plan");
      scene.sync();
      Set<Id> before = Set.copyOf(scene.view().emailIds("INBOX"));
      // Cyrus takes a message to be the same when its octets are.
      assertThat(before).hasSize(kind == Kind.CYRUS ? 1 : 2);

      scene.move("INBOX", UidSet.of(1, 2), "Archive");
      scene.sync();
      assertThat(scene.view().emailIds("INBOX")).isEmpty();
      assertThat(scene.view().emailIds("Archive")).containsExactlyInAnyOrderElementsOf(before);

      scene.other().select("Archive");
      scene.expunge(UidSet.of(1));
      scene.sync();
      assertThat(before).containsAll(scene.view().emailIds("Archive"));
      assertThat(scene.view().emailIds("Archive")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDraftThatReplacesAnotherIsAnotherInTheSameThread(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
      scene.append("INBOX", "question", "Plan");
      scene.append("Drafts", "answer", "Re: Plan", "question");
      scene.sync();
      Email before = scene.email("Drafts", "answer");

      scene.appendSaying("Yes, but", "Drafts", "answer", "Re: Plan", "question");
      scene.other().select("Drafts");
      scene.expunge(UidSet.of(1));
      scene.sync();

      Email after = scene.email("Drafts", "answer");
      assertThat(after.id()).isNotEqualTo(before.id());
      assertThat(after.threadId())
          .isEqualTo(before.threadId())
          .isEqualTo(scene.email("INBOX", "question").threadId());
      assertThat(scene.view().emails(List.of(before.id()))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DOVECOT", "DOVECOT_WITHOUT_GUID", "PLAIN"})
  void uidsThatWereLost(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
      scene.seed("Work", 260);
      scene.sync();
      Map<String, Id> before = scene.emails("Work");
      Id mailbox = scene.view().mailboxId("Work");
      State state = scene.view().emailState();

      SERVERS.dovecot(kind).loseUids(scene.user(), "Work");
      scene.reconnect();
      scene.sync();

      assertThat(scene.emails("Work")).isEqualTo(before);
      assertThat(scene.view().mailboxId("Work")).isEqualTo(mailbox);
      assertThat(scene.view().emailState()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CYRUS")
  void aLateMessageJoinsThreadsInOneStep(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
      scene.append("INBOX", "a", "Plan");
      scene.append("INBOX", "b", "Plan");
      scene.append("Archive", "c", "Re: Plan", "b");
      scene.sync();
      Email small = scene.email("INBOX", "a");
      Email large = scene.email("INBOX", "b");
      State state = scene.view().emailState();

      scene.append("Archive", "d", "Re: Plan", "a", "b");
      scene.sync();

      Email moved = scene.email("INBOX", "a");
      assertThat(moved.threadId()).isEqualTo(large.threadId());
      assertThat(scene.email("Archive", "d").threadId()).isEqualTo(large.threadId());
      Changes changes = scene.view().emailChanges(state);
      assertThat(changes.destroyed()).containsExactly(small.id());
      assertThat(changes.created())
          .containsExactlyInAnyOrder(moved.id(), scene.email("Archive", "d").id());
      assertThat(scene.email("INBOX", "b").id()).isEqualTo(large.id());

      scene.move("INBOX", UidSet.of(1), "Trash");
      scene.sync();
      assertThat(scene.email("Trash", "a").id()).isEqualTo(moved.id());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DOVECOT", "CYRUS"})
  void aServerThatBeginsToTellWhatIsTheSame(Kind kind) {
    String[] ability = {kind == Kind.CYRUS ? "OBJECTID" : "X-GUID"};
    try (MailScene scene = SERVERS.sceneHiding(kind, ability)) {
      scene.append("INBOX", "a", "Plan");
      scene.append("INBOX", "b", "Re: Plan", "a");
      scene.seed("Work", 210);
      scene.sync();
      Map<String, Id> inbox = scene.emails("INBOX");
      Map<String, Id> work = scene.emails("Work");
      Id mailbox = scene.view().mailboxId("Work");
      State state = scene.view().emailState();

      scene.way().hide();
      scene.sync();
      assertThat(scene.emails("INBOX")).isEqualTo(inbox);
      assertThat(scene.emails("Work")).isEqualTo(work);
      assertThat(scene.view().emailState()).isEqualTo(state);

      scene.create("Other");
      scene.move("INBOX", UidSet.of(1), "Other");
      scene.other().mailboxes().rename("Work", "Labour");
      scene.append("INBOX", "c", "Re: Plan", "a");
      scene.sync();
      assertThat(scene.emails("Other")).hasSize(1).allSatisfy(isAsIn(inbox));
      assertThat(scene.emails("Labour")).isEqualTo(work);
      assertThat(scene.view().mailboxId("Labour")).isEqualTo(mailbox);
      assertThat(scene.email("INBOX", "c").threadId())
          .isEqualTo(scene.email("INBOX", "b").threadId());
    }
  }

  private static BiConsumer<String, Id> isAsIn(Map<String, Id> before) {
    return (name, id) -> assertThat(id).as(name).isEqualTo(before.get(name));
  }
}
