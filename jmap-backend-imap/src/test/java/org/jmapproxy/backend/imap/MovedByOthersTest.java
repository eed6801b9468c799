package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MailScene;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.Subscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Another client moves a message at a moment of the test's choice during a comparison: the Email
 * changes its Mailbox. It is never destroyed and created, however late the arrival is seen.
 */
@Timeout(120)
class MovedByOthersTest {
  private static final DovecotServer FULL = DovecotServer.standard();
  private static final DovecotServer PLAIN = DovecotServer.builder().plainImap().build();

  /** What the server tells by itself. */
  enum Kind {
    /** Identity, and what changed since. */
    EVERYTHING,
    /** No identity. */
    WITHOUT_GUID,
    /** Nothing. */
    PLAIN;

    MailScene scene() {
      return switch (this) {
        case EVERYTHING -> new MailScene(FULL);
        case WITHOUT_GUID -> new MailScene(FULL, "X-GUID");
        case PLAIN -> new MailScene(MovedByOthersTest.PLAIN, "X-GUID");
      };
    }
  }

  @BeforeAll
  static void start() {
    FULL.start();
    PLAIN.start();
  }

  @AfterAll
  static void stop() {
    FULL.close();
    PLAIN.close();
  }

  /** INBOX is compared first, so that it was looked at when the message arrives in it. */
  @ParameterizedTest
  @EnumSource
  void toAFolderThatWasComparedAlready(Kind kind) {
    try (MailScene scene = kind.scene()) {
      scene.seed("Work", 3);
      scene.sync();
      Moved moved = new Moved(scene, "Work");

      scene.expungeFrom("Work", UidSet.of(3));
      scene.beforeLookAt("Work", () -> scene.move("Work", UidSet.of(1), "INBOX"));
      scene.sync();

      moved.isIn("INBOX");
    }
  }

  @ParameterizedTest
  @EnumSource
  void toAFolderThatDidNotExistWhenTheComparisonBegan(Kind kind) {
    try (MailScene scene = kind.scene()) {
      scene.seed("Work", 3);
      scene.sync();
      Moved moved = new Moved(scene, "Work");

      scene.expungeFrom("Work", UidSet.of(3));
      scene.beforeLookAt(
          "Work",
          () -> {
            scene.create("Fresh");
            scene.move("Work", UidSet.of(1), "Fresh");
          });
      scene.sync();

      moved.isIn("Fresh");
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromAFolderThatIsDeletedMeanwhile(Kind kind) {
    try (MailScene scene = kind.scene()) {
      scene.seed("Work", 3);
      scene.sync();
      Moved moved = new Moved(scene, "Work");

      scene.expungeFrom("Work", UidSet.of(2, 3));
      scene.beforeLookAt(
          "Work",
          () -> {
            scene.move("Work", UidSet.of(1), "INBOX");
            scene.other().unselect();
            scene.other().mailboxes().delete("Work");
          });
      scene.sync();
      scene.sync();

      moved.isIn("INBOX");
    }
  }

  /** The watching connection tells of the departure; nothing tells of the arrival. */
  @Test
  void outOfTheInboxThatIsWatched() {
    try (MailScene scene = new MailScene(PLAIN, "X-GUID")) {
      scene.seed("INBOX", 8);
      scene.sync();
      try (Subscription lease = scene.lease()) {
        State state = scene.view().emailState();
        for (int uid = 1; uid <= 8; uid++) {
          int left = 8 - uid;
          scene.move("INBOX", UidSet.of(uid), uid % 2 == 0 ? "Archive" : "Trash");
          ImapProxy.await("departure", () -> scene.view().emailIds("INBOX").size() == left);
        }
        Changes changes = scene.view().emailChanges(state);
        assertThat(changes.created()).isEmpty();
        assertThat(changes.destroyed()).isEmpty();
        assertThat(changes.updated()).hasSize(8);
        assertThat(lease).isNotNull();
      }
    }
  }

  /** The oldest Email of a Mailbox, and what the state was then. */
  private static final class Moved {
    private final MailScene scene;
    private final State state;
    private final Id id;

    Moved(MailScene scene, String mailbox) {
      this.scene = scene;
      this.state = scene.view().emailState();
      this.id = scene.view().emailIds(mailbox).get(2);
    }

    void isIn(String mailbox) {
      assertThat(scene.way().isQuiet()).as("the message was moved at its moment").isTrue();
      Changes changes = scene.view().emailChanges(state);
      assertThat(changes.created()).isEmpty();
      assertThat(changes.destroyed()).doesNotContain(id);
      assertThat(changes.updated()).contains(id);
      assertThat(scene.view().email(id).mailboxIds())
          .isEqualTo(Set.of(scene.view().mailboxId(mailbox)));
    }
  }
}
