package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.IdentityServers;
import org.jmapproxy.backend.imap.testkit.IdentityServers.Kind;
import org.jmapproxy.backend.imap.testkit.MailScene;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Another client renames folders, deletes them and makes them again; Mailboxes and their Emails
 * keep their ids, whatever the server can tell of identity. After each step a witness replays the
 * changes in pages of one.
 */
class KeptMailboxIdsTest {

  @RegisterExtension static final IdentityServers SERVERS = new IdentityServers();

  @ParameterizedTest
  @EnumSource
  void aBranchThatIsRenamed(Kind kind) {
    try (MailScene scene = SERVERS.scene(kind)) {
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
    try (MailScene scene = SERVERS.scene(kind)) {
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
    try (MailScene scene = SERVERS.scene(kind)) {
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
    try (MailScene scene = SERVERS.scene(kind)) {
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
    try (MailScene scene = SERVERS.scene(kind)) {
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

  private static List<Id> mailboxIds(MailScene scene, String... names) {
    return List.of(names).stream().map(name -> scene.view().mailboxId(name)).toList();
  }

  private static BiConsumer<String, Id> isAsIn(Map<String, Id> before) {
    return (name, id) -> assertThat(id).as(name).isEqualTo(before.get(name));
  }
}
