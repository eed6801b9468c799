package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The mailbox commands against real Dovecots, a modern and a plain one. */
class MailboxCommandsTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  @RegisterExtension static final DovecotServer plain = DovecotServer.builder().plainImap().build();

  private String user = "";
  private ImapConnection connection;

  @BeforeEach
  void connect(TestInfo test) {
    user = test.getTestMethod().orElseThrow().getName();
    connection = dovecot.connect(user);
  }

  @AfterEach
  void logout() {
    connection.logout();
  }

  @Test
  void oneListTellsUsesSubscriptionsAndStatus() {
    connection.mailboxes().create("Entwürfe & 日本/\"q\" \\b");
    connection.mailboxes().subscribe("Entwürfe & 日本/\"q\" \\b");
    Set<StatusItem> items = StatusItem.offeredBy(connection.capabilities());
    Map<String, ListedMailbox> mailboxes = byName(connection.mailboxes().list(items));

    assertThat(mailboxes)
        .containsKeys("INBOX", "Drafts", "Sent", "Entwürfe & 日本", "Entwürfe & 日本/\"q\" \\b");
    assertThat(named(mailboxes, "Sent").has("\\Sent")).isTrue();
    assertThat(named(mailboxes, "Sent").subscribed()).isTrue();
    assertThat(named(mailboxes, "INBOX").separator()).hasValue('/');
    assertThat(named(mailboxes, "Entwürfe & 日本").isSelectable()).isFalse();
    ListedMailbox created = named(mailboxes, "Entwürfe & 日本/\"q\" \\b");
    assertThat(created.subscribed()).isTrue();
    assertThat(created.status().orElseThrow().messages()).hasValue(0);
    assertThat(created.status().orElseThrow().highestModSeq()).isPresent();
  }

  @Test
  void aPlainServerGivesTheSameListInTwoCommands() {
    try (ImapConnection old = plain.connect(user)) {
      old.mailboxes().create("Später");
      old.mailboxes().create("Work");
      old.mailboxes().subscribe("Work");
      Map<String, ListedMailbox> mailboxes = byName(old.mailboxes().list());
      assertThat(named(mailboxes, "Work").subscribed()).isTrue();
      assertThat(named(mailboxes, "Später").subscribed()).isFalse();
      assertThat(named(mailboxes, "Später").status()).isEmpty();
      old.mailboxes().unsubscribe("Work");
      assertThat(named(byName(old.mailboxes().list()), "Work").subscribed()).isFalse();
    }
  }

  @Test
  void aPlainServerSelectsAndSearchesWithoutModSequencesOrRanges() {
    plain.seed(user, "INBOX", 5);
    try (ImapConnection old = plain.connect(user)) {
      SelectedMailbox inbox = old.select("INBOX");
      assertThat(inbox.exists()).isEqualTo(5);
      assertThat(old.messages().search(SearchCriteria.all())).hasToString("1:5");
      old.messages().store(UidSet.of(2), StoreMode.ADD, Set.of("\\Deleted"));
      old.closeMailbox();
      assertThat(old.select("INBOX").exists()).isEqualTo(4);
      old.check();
    }
  }

  @Test
  void statusKeepsItsIdentityOverRename() {
    dovecot.seed(user, "Old", 3);
    Set<StatusItem> items = Set.of(StatusItem.MESSAGES, StatusItem.X_GUID, StatusItem.UNSEEN);
    MailboxStatus before = connection.mailboxes().status("Old", items).orElseThrow();
    connection.mailboxes().rename("Old", "New/Deep");
    MailboxStatus after = connection.mailboxes().status("New/Deep", items).orElseThrow();
    assertThat(before.messages()).hasValue(3);
    assertThat(after.unseen()).hasValue(3);
    assertThat(after.guid()).isPresent().isEqualTo(before.guid());
    assertThat(after.name()).isEqualTo("New/Deep");
  }

  @Test
  void refusalsCarryTheirCode() {
    MailboxCommands mailboxes = connection.mailboxes();
    mailboxes.create("Twice");
    assertThatExceptionOfType(ImapRefusedException.class)
        .isThrownBy(() -> mailboxes.create("Twice"))
        .matches(e -> e.code().is("ALREADYEXISTS"));
    assertThatExceptionOfType(ImapRefusedException.class)
        .isThrownBy(() -> mailboxes.delete("Nowhere"))
        .matches(e -> e.code().is("NONEXISTENT"))
        .matches(e -> !e.closesConnection());
    assertThatExceptionOfType(ImapRefusedException.class)
        .isThrownBy(() -> connection.select("Nowhere"));
    mailboxes.delete("Twice");
    assertThat(byName(mailboxes.list())).doesNotContainKey("Twice");
  }

  @Test
  void examineIsReadOnlyAndSelectIsNot() {
    assertThat(connection.examine("INBOX").readOnly()).isTrue();
    SelectedMailbox selected = connection.select("INBOX");
    assertThat(selected.readOnly()).isFalse();
    assertThat(selected.uidValidity()).isPositive();
    assertThat(selected.createsKeywords()).isTrue();
    assertThat(selected.permanentFlags()).contains("\\Seen", "\\Deleted");
    connection.unselect();
  }

  @Test
  void oddListsAreReadAsFarAsTheyGo() {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1")
                .on(
                    "LIST.*",
                    "* LIST NIL NIL inbox\r\n"
                        + "* LIST (\\HasNoChildren (odd)) \"\\\\\" {5}\r\na}b\"c\r\n"
                        + "* LIST\r\n* LIST (\\Sent \"/\" lost\r\n* LIST () \"/\" \"\"\r\n"
                        + "* LIST () \"/\" \"bad &!-\"\r\n"
                        + "$ OK done\r\n")
                .on("SELECT.*", "$ OK done\r\n")
                .on("LSUB.*", "* LSUB () \"/\" INBOX\r\n$ OK done\r\n")
                .start();
        ImapConnection odd = server.connect()) {
      Map<String, ListedMailbox> mailboxes = byName(odd.mailboxes().list());
      assertThat(mailboxes).containsKeys("INBOX", "a}b\"c", "bad &!-");
      assertThat(named(mailboxes, "INBOX").subscribed()).isTrue();
      assertThat(odd.select("bad &!-").name()).isEqualTo("bad &!-");
      assertThat(server.received()).contains("SELECT \"bad &!-\"");
      assertThat(named(mailboxes, "INBOX").separator()).isEmpty();
      assertThat(named(mailboxes, "a}b\"c").separator()).hasValue('\\');
    }
  }

  @Test
  void rightsAndSpecialUsesAreAskedWhereOffered() {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1 ACL CREATE-SPECIAL-USE")
                .on("MYRIGHTS \"a\"", "* MYRIGHTS a lrs\r\n$ OK done\r\n")
                .on("MYRIGHTS .*", "$ NO no\r\n")
                .on("CREATE .*", "$ OK done\r\n")
                .start();
        ImapConnection other = server.connect()) {
      assertThat(other.mailboxes().myRights("a")).hasValue("lrs");
      assertThat(other.mailboxes().myRights("b")).isEmpty();
      other.mailboxes().create("Old", "\\Archive");
      assertThat(server.received()).contains("CREATE \"Old\" (USE (\\Archive))");
    }
    assertThat(connection.mailboxes().myRights("INBOX")).isEqualTo(Optional.empty());
  }

  private static ListedMailbox named(Map<String, ListedMailbox> mailboxes, String name) {
    return Objects.requireNonNull(mailboxes.get(name), name);
  }

  private static Map<String, ListedMailbox> byName(List<ListedMailbox> mailboxes) {
    return mailboxes.stream().collect(Collectors.toMap(ListedMailbox::name, Function.identity()));
  }
}
