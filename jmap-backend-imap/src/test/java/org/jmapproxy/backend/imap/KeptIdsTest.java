package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.MailScene;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.mail.email.Email;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Another client moves, copies, renames and removes; what stays the same keeps its id, whatever the
 * server can tell of identity. After each step a witness replays the changes in pages of one.
 */
class KeptIdsTest {

  private static final DovecotServer DOVECOT = DovecotServer.standard();
  private static final DovecotServer PLAIN = DovecotServer.builder().plainImap().build();
  private static final CyrusServer CYRUS = CyrusServer.standard();

  /** What the server says of identity. */
  enum Kind {
    /** X-GUID of messages and mailboxes. */
    DOVECOT,
    /** Nothing, but mod-sequences. */
    DOVECOT_WITHOUT_GUID,
    /** Nothing at all. */
    PLAIN,
    /** EMAILID, THREADID, MAILBOXID. */
    CYRUS,
    /** Nothing; UIDVALIDITY may be that of another folder made in the same second. */
    CYRUS_WITHOUT_OBJECTID;

    MailScene scene() {
      return switch (this) {
        case DOVECOT -> new MailScene(KeptIdsTest.DOVECOT);
        case DOVECOT_WITHOUT_GUID -> new MailScene(KeptIdsTest.DOVECOT, "X-GUID");
        case PLAIN -> new MailScene(KeptIdsTest.PLAIN, "X-GUID");
        case CYRUS -> new MailScene(KeptIdsTest.CYRUS);
        case CYRUS_WITHOUT_OBJECTID -> new MailScene(KeptIdsTest.CYRUS, "OBJECTID");
      };
    }
  }

  @BeforeAll
  static void start() {
    List.of(DOVECOT, PLAIN, CYRUS).forEach(RealServer::start);
  }

  @AfterAll
  static void stop() {
    List.of(DOVECOT, PLAIN, CYRUS).forEach(RealServer::close);
  }

  @ParameterizedTest
  @EnumSource
  void manyMessagesThatMoveToANewFolderAtOnce(Kind kind) {
    try (MailScene scene = kind.scene()) {
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
    try (MailScene scene = kind.scene()) {
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
    try (MailScene scene = kind.scene()) {
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
    try (MailScene scene = kind.scene()) {
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
    try (MailScene scene = kind.scene()) {
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
    try (MailScene scene = kind.scene()) {
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
    try (MailScene scene = kind.scene()) {
      scene.seed("Work", 260);
      scene.sync();
      Map<String, Id> before = scene.emails("Work");
      Id mailbox = scene.view().mailboxId("Work");
      State state = scene.view().emailState();

      (kind == Kind.PLAIN ? PLAIN : DOVECOT).loseUids(scene.user(), "Work");
      scene.reconnect();
      scene.sync();

      assertThat(scene.emails("Work")).isEqualTo(before);
      assertThat(scene.view().mailboxId("Work")).isEqualTo(mailbox);
      assertThat(scene.view().emailState()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBranchThatIsRenamed(Kind kind) {
    try (MailScene scene = kind.scene()) {
      for (String path : List.of("Jobs", "Jobs/Old", "Jobs/New", "Jobs/New/Empty")) {
        scene.create(path);
      }
      scene.append("Jobs", "top", "Top");
      scene.append("Jobs/Old", "old", "Old");
      scene.append("Jobs/New", "new", "New");
      scene.sync();
      Id jobs = scene.view().mailboxId("Jobs");
      Id old = scene.view().mailboxId("Old");
      Id fresh = scene.view().mailboxId("New");
      Id empty = scene.view().mailboxId("Empty");
      Id email = scene.email("New", "new").id();
      State state = scene.view().emailState();

      scene.other().mailboxes().rename("Jobs", "Work");
      scene.sync();

      assertThat(scene.view().mailbox("Jobs")).isEmpty();
      assertThat(scene.view().mailboxId("Work")).isEqualTo(jobs);
      assertThat(scene.view().mailboxId("Old")).isEqualTo(old);
      assertThat(scene.view().mailboxId("New")).isEqualTo(fresh);
      assertThat(scene.view().mailboxId("Empty")).isEqualTo(empty);
      assertThat(scene.view().mailbox("New").orElseThrow().parentId()).contains(jobs);
      assertThat(scene.email("New", "new").id()).isEqualTo(email);
      assertThat(scene.view().emailState()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @EnumSource
  void severalFoldersThatAreRenamedAtOnce(Kind kind) {
    try (MailScene scene = kind.scene()) {
      for (String path : List.of("One", "Two", "Three")) {
        scene.seed(path, 3);
      }
      scene.sync();
      List<Id> ids = mailboxIds(scene, "One", "Two", "Three");
      Map<String, Id> emails = scene.emails("Two");

      scene.other().mailboxes().rename("One", "Uno");
      scene.other().mailboxes().rename("Two", "Due");
      scene.other().mailboxes().rename("Three", "Tre");
      scene.create("Quattro");
      scene.sync();

      assertThat(mailboxIds(scene, "Uno", "Due", "Tre")).isEqualTo(ids);
      assertThat(scene.emails("Due")).isEqualTo(emails);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesThatAreSwapped(Kind kind) {
    try (MailScene scene = kind.scene()) {
      scene.seed("Left", 3);
      scene.seed("Right", 5);
      scene.sync();
      List<Id> ids = mailboxIds(scene, "Left", "Right");
      Map<String, Id> left = scene.emails("Left");
      State state = scene.view().emailState();

      scene.other().mailboxes().rename("Left", "Between");
      scene.other().mailboxes().rename("Right", "Left");
      scene.other().mailboxes().rename("Between", "Right");
      scene.sync();

      assertThat(mailboxIds(scene, "Right", "Left")).isEqualTo(ids);
      assertThat(scene.emails("Right")).isEqualTo(left);
      assertThat(scene.view().emailState()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFolderThatIsMadeAgainHasWhatWasSavedFromTheFirst(Kind kind) {
    try (MailScene scene = kind.scene()) {
      scene.seed("Work", 4);
      scene.sync();
      Map<String, Id> before = scene.emails("Work");

      scene.create("Rescue");
      scene.other().select("Work");
      scene.other().messages().copy(UidSet.of(1, 2), "Rescue");
      scene.other().unselect();
      scene.other().mailboxes().delete("Work");
      scene.create("Work");
      scene.move("Rescue", UidSet.of(1), "Work");
      scene.sync();

      assertThat(scene.emails("Work")).hasSize(1).allSatisfy(isAsIn(before));
      assertThat(scene.emails("Rescue")).hasSize(1).allSatisfy(isAsIn(before));
      assertThat(scene.view().emails(List.copyOf(before.values()))).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesOfAFolderThatVanishedAreFoundInANewOne(Kind kind) {
    try (MailScene scene = kind.scene()) {
      scene.seed("Doomed", 230);
      scene.sync();
      Map<String, Id> before = scene.emails("Doomed");

      scene.create("Haven");
      scene.create("Heaven");
      scene.other().select("Doomed");
      scene.other().messages().copy(UidSet.range(1, 220), "Haven");
      scene.other().messages().copy(UidSet.range(221, 229), "Heaven");
      scene.other().unselect();
      scene.other().mailboxes().delete("Doomed");
      scene.sync();

      assertThat(scene.view().mailbox("Doomed")).isEmpty();
      assertThat(scene.emails("Haven")).hasSize(220).allSatisfy(isAsIn(before));
      assertThat(scene.emails("Heaven")).hasSize(9).allSatisfy(isAsIn(before));
      assertThat(scene.view().emails(List.copyOf(before.values()))).hasSize(229);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CYRUS")
  void aLateMessageJoinsThreadsInOneStep(Kind kind) {
    try (MailScene scene = kind.scene()) {
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
    try (MailScene scene = new MailScene(kind == Kind.CYRUS ? CYRUS : DOVECOT, ability)) {
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

  private static List<Id> mailboxIds(MailScene scene, String... names) {
    return List.of(names).stream().map(name -> scene.view().mailboxId(name)).toList();
  }

  private static BiConsumer<String, Id> isAsIn(Map<String, Id> before) {
    return (name, id) -> assertThat(id).as(name).isEqualTo(before.get(name));
  }
}
