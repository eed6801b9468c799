package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.ScriptedMailbox;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does with mod-sequences, a client sees the flags and messages of now. */
class ResynchronisationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String QRESYNC = "IMAP4rev1 ENABLE CONDSTORE QRESYNC";
  private static final String CONDSTORE = "IMAP4rev1 CONDSTORE";

  @ParameterizedTest
  @ValueSource(strings = {QRESYNC, CONDSTORE, "IMAP4rev1"})
  void flagsAndDeparturesAreFoundAndCounted(String capabilities) {
    try (Scene scene = new Scene(capabilities, 5)) {
      State before = scene.view.emailState();
      Id gone = scene.id(4);
      scene.mailbox.flag(2, "\\Flagged");
      scene.mailbox.expunge(4);
      scene.mailbox.arrive("\\Seen");
      scene.sync();

      assertThat(scene.shown()).isEqualTo("1[] 2[$flagged] 3[] 5[] 6[$seen]");
      Changes changes = scene.view.emailChanges(before);
      assertThat(changes.created()).containsExactly(scene.id(6));
      assertThat(changes.updated()).containsExactly(scene.id(2));
      assertThat(changes.destroyed()).containsExactly(gone);
    }
  }

  @Test
  void aResynchronisationIsOneCommand() {
    try (Scene scene = new Scene(QRESYNC, 5)) {
      scene.mailbox.flag(2, "\\Flagged");
      scene.mailbox.expunge(4);
      int before = scene.mailbox.server().received().size();
      scene.sync();

      assertThat(scene.shown()).isEqualTo("1[] 2[$flagged] 3[] 5[]");
      List<String> commands = scene.mailbox.server().received();
      assertThat(commands.subList(before, commands.size()))
          .filteredOn(command -> command.startsWith("UID"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {QRESYNC, CONDSTORE})
  void modSequencesThatBeginAnewAreBelieved(String capabilities) {
    try (Scene scene = new Scene(capabilities, 5)) {
      scene.mailbox.flag(1, "\\Flagged");
      scene.mailbox.expunge(4);
      scene.mailbox.restartModSeqs(2);
      scene.sync();
      assertThat(scene.shown()).isEqualTo("1[$flagged] 2[] 3[] 5[]");

      scene.mailbox.flag(1, "\\Seen");
      scene.sync();
      assertThat(scene.shown()).isEqualTo("1[$seen] 2[] 3[] 5[]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {QRESYNC, CONDSTORE})
  void aMailboxWithoutModSequencesIsReadLikeAPlainOne(String capabilities) {
    try (Scene scene = new Scene(capabilities, 3)) {
      scene.mailbox.keepsModSeqs(false);
      scene.mailbox.flag(1, "\\Flagged");
      scene.mailbox.arrive("");
      scene.sync();
      assertThat(scene.shown()).isEqualTo("1[$flagged] 2[] 3[] 4[]");

      scene.mailbox.flag(2, "\\Seen");
      scene.mailbox.expunge(3);
      scene.sync();
      assertThat(scene.shown()).isEqualTo("1[$flagged] 2[$seen] 4[]");

      scene.mailbox.keepsModSeqs(true);
      scene.mailbox.flag(1, "");
      scene.sync();
      assertThat(scene.shown()).isEqualTo("1[] 2[$seen] 4[]");
    }
  }

  @Test
  void whatSelectTellsUnderAnotherUidValidityIsNotMixedUp() {
    try (Scene scene = new Scene(QRESYNC, 4)) {
      scene.mailbox.expunge(1);
      scene.mailbox.flag(4, "\\Flagged");
      scene.mailbox.changeUidValidity();
      scene.sync();

      assertThat(scene.view.emailIds("INBOX")).hasSize(3);
      assertThat(scene.view.mailbox("INBOX").map(Mailbox::totalEmails)).isEqualTo(Optional.of(3L));
    }
  }

  @Test
  void aServerThatRefusesItsOwnQresyncIsReadWithout() {
    try (Scene scene = new Scene(QRESYNC, 4)) {
      scene.mailbox.refuseResync();
      scene.mailbox.expunge(1);
      scene.mailbox.flag(4, "\\Flagged");
      scene.sync();
      assertThat(scene.shown()).isEqualTo("2[] 3[] 4[$flagged]");
    }
  }

  @Test
  void lateNewsOfTheMailboxSelectedBeforeIsNotTakenForThisOne() {
    try (Scene scene = new Scene(QRESYNC, 4)) {
      scene.mailbox.sayBeforeClosed(
          "* VANISHED 2:3\r\n* 1 FETCH (UID 1 FLAGS (\\Flagged) MODSEQ (9999))\r\n");
      scene.mailbox.flag(4, "\\Seen");
      scene.sync();
      assertThat(scene.shown()).isEqualTo("1[] 2[] 3[] 4[$seen]");
    }
  }

  /** An account whose INBOX had some messages when it was synchronised first. */
  private static final class Scene implements AutoCloseable {
    final ScriptedMailbox mailbox;
    final ImapProxy proxy = new ImapProxy();
    final OpenAccount account;
    final AccountView view;

    Scene(String capabilities, int messages) {
      mailbox = ScriptedMailbox.offering(capabilities);
      for (int i = 0; i < messages; i++) {
        mailbox.arrive("");
      }
      account =
          proxy
              .backend()
              .open(
                  ImapProxy.configuration("127.0.0.1", mailbox.server().port(), "user", "secret"));
      view = new AccountView(account, "user");
      sync();
    }

    void sync() {
      account.sync(PATIENCE);
    }

    Id id(int number) {
      return view.emails(view.emailIds("INBOX")).stream()
          .filter(email -> number(email).equals(Integer.toString(number)))
          .findFirst()
          .orElseThrow()
          .id();
    }

    /** The number and keywords of each message. */
    String shown() {
      return view.emails(view.emailIds("INBOX")).stream()
          .map(email -> number(email) + email.keywords())
          .sorted()
          .collect(Collectors.joining(" "));
    }

    private static String number(Email email) {
      return email.headers().orElseThrow().text("Subject").orElseThrow().replace("Message ", "");
    }

    @Override
    public void close() {
      account.close();
      proxy.close();
      mailbox.close();
    }
  }
}
