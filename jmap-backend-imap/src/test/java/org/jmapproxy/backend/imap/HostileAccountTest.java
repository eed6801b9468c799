package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.jmapproxy.backend.imap.testkit.ServerTruth;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that lie or are broken, seen from the account: the rest of it works all the same. */
@Timeout(180)
class HostileAccountTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int DEEP = 300;

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* BYE [SERVERBUG] this mailbox is broken\r\n",
        "* 1 FETCH (BODY[] {99999999999}\r\n",
        "* OK [UIDVALIDITY 1] \r\n$ NO [CORRUPTION] broken\r\n",
        "$ BAD what?\r\n"
      })
  void aFolderThatCannotBeReadSpoilsNoOther(String answer) {
    String user = "ann" + answer.length();
    DOVECOT.seed(user, "INBOX", 4);
    DOVECOT.seed(user, "Bad", 3);
    DOVECOT.seed(user, "Work", 5);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, meddling, user);
        ImapConnection server = DOVECOT.connect(user)) {
      meddling.answer("(SELECT|EXAMINE) \"Bad\".*", answer);
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, user);
      assertThat(view.emailIds("INBOX")).hasSize(4);
      assertThat(view.emailIds("Work")).hasSize(5);
      assertThat(view.emailIds("Bad")).isEmpty();
      assertThat(account.status().phase()).isEqualTo(Phase.SLEEPING);
      List<Id> ids = view.emailIds("Work");
      view.keywords(ids, SetChange.patch(Set.of("fine"), Set.of()));
      assertThat(view.email(ids.get(0)).keywords()).contains("fine");
      meddling.heal();
      account.sync(PATIENCE);
      assertThat(account.status().error()).isEmpty();
      ServerTruth.assertShown(view, server);
    }
  }

  @Test
  void anOperatorSeesWhichFoldersCannotBeRead() {
    DOVECOT.seed("ben", "Bad", 3);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, meddling, "ben")) {
      meddling.answer("SELECT \"Bad\".*", "* BYE [SERVERBUG] broken\r\n");
      account.sync(PATIENCE);
      assertThat(account.status().error().orElse("")).startsWith("Folders that cannot be read: 1");
    }
  }

  @Test
  void oddNamesAreShownOrLeftOut() {
    DOVECOT.seed("cleo", "INBOX", 3);
    DOVECOT.seed("cleo", "Work", 2);
    String deep = String.join("/", "l".repeat(DEEP).split(""));
    String listed =
        Stream.of(
                "* LIST () \"/\" {8}\r\nnew\nline\r\n",
                "* LIST () NIL \"nil%separator*\"\r\n",
                "* LIST () \"/\" \"percent%/and*star\"\r\n",
                "* LIST () \"/\" \"broken&utf7\"\r\n",
                "* LIST () \"/\" \"broken&*-utf7\"\r\n",
                "* LIST () \"/\" \"control&AAoADQ-name\"\r\n",
                "* LIST () \"/\" \"surrogate&2D0-\"\r\n",
                "* LIST () \"/\" \"\u0007bell\"\r\n",
                "* LIST () \"/\" NIL\r\n",
                "* LIST (\\Noselect) \"/\" \"\"\r\n",
                "* LIST () \"/\" \"/\"\r\n",
                "* LIST () \"/\" \"//\"\r\n",
                "* LIST () \"/\" \"/leading\"\r\n",
                "* LIST () \"/\" \"trailing/\"\r\n",
                "* LIST () \"\\\\\" \"back\\\\slash\"\r\n",
                "* LIST () \".\" other.separator\r\n",
                "* LIST () \"/\" inbox\r\n",
                "* LIST () \"/\" INBOX/below\r\n",
                "* LIST\r\n",
                "* LIST ()\r\n",
                "* LIST NIL NIL NIL\r\n",
                "* LIST ((((((\r\n",
                "* LIST () \"/\" \"" + deep + "\"\r\n",
                "* LIST () \"/\" \"" + "long".repeat(20_000) + "\"\r\n",
                "* STATUS INBOX (MESSAGES NIL UIDNEXT \"x\")\r\n",
                "* STATUS Nowhere (MESSAGES 99999999999999999999999)\r\n")
            .collect(Collectors.joining());
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, meddling, "cleo")) {
      meddling.lines(line -> line.matches("(?s)a\\d+ OK List.*") ? listed + line : line);
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "cleo");
      assertThat(view.emailIds("INBOX")).hasSize(3);
      assertThat(view.emailIds("Work")).hasSize(2);
      Map<Id, Mailbox> mailboxes = new HashMap<>();
      view.mailboxes().forEach(mailbox -> mailboxes.put(mailbox.id(), mailbox));
      assertThat(mailboxes.values())
          .allSatisfy(
              mailbox ->
                  assertThat(mailbox.name().chars().noneMatch(Character::isISOControl)).isTrue());
      assertThat(mailboxes.values().stream().mapToInt(mailbox -> depth(mailbox, mailboxes)).max())
          .hasValue(DEEP);
      account.sync(PATIENCE);
      assertThat(view.mailboxes()).hasSize(mailboxes.size());
      meddling.heal();
      account.sync(PATIENCE);
      assertThat(view.mailbox("l")).isEmpty();
      assertThat(view.emailIds("INBOX")).hasSize(3);
    }
  }

  private static int depth(Mailbox mailbox, Map<Id, Mailbox> all) {
    int depth = 1;
    Optional<Id> parent = mailbox.parentId();
    while (parent.isPresent()) {
      depth++;
      parent = Optional.ofNullable(all.get(parent.get())).flatMap(Mailbox::parentId);
    }
    return depth;
  }

  @Test
  void unaskedForDataChangeNothing() {
    DOVECOT.seed("dora", "INBOX", 6);
    DOVECOT.seed("dora", "Work", 2);
    String babble =
        "* OK [ALERT] have a nice day\r\n"
            + "* 99999999999999999999 EXISTS\r\n"
            + "* 4294967295 EXPUNGE\r\n"
            + "* 0 FETCH (UID 0 FLAGS (\\Deleted))\r\n"
            + "* 77 FETCH (UID 4294967295 FLAGS (\\Seen) BODY[HEADER] NIL)\r\n"
            + "* 1 FETCH NIL\r\n"
            + "* 1 FETCH (UID NIL FLAGS NIL RFC822.SIZE -1)\r\n"
            + "* FLAGS NIL\r\n* RECENT\r\n* -5 RECENT\r\n* XYZZY (((\r\n*\r\n* \r\n"
            + "* STATUS\r\n* NAMESPACE NIL\r\n* ID (\"name\" NIL)\r\n"
            + "b1 OK not your tag\r\n";
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, meddling, "dora");
        ImapConnection server = DOVECOT.connect("dora")) {
      meddling.lines(line -> line.matches("(?s)a\\d+ OK .*") ? babble + line : line);
      for (int round = 0; round < 3; round++) {
        DOVECOT.seed("dora", "INBOX", 1);
        account.sync(PATIENCE);
        ServerTruth.assertShown(new AccountView(account, "dora"), server);
      }
    }
  }

  @Test
  void nilAndNonsenseInMessagesCostTheirItemAlone() {
    DOVECOT.seed("emil", "INBOX", 10);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, meddling, "emil")) {
      meddling.lines(
          line ->
              line.replaceAll("INTERNALDATE \"[^\"]*\"", "INTERNALDATE NIL")
                  .replaceAll("RFC822.SIZE \\d+", "RFC822.SIZE NIL")
                  .replaceAll("BODYSTRUCTURE \\(\"", "BODYSTRUCTURE (NIL NIL NIL \"")
                  .replaceAll("\\[UIDNEXT \\d+]", "[UIDNEXT NIL]")
                  .replaceAll("\\* \\d+ EXISTS", "* 4000000000 EXISTS"));
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "emil");
      assertThat(view.emailIds("INBOX")).hasSize(10);
      assertThat(view.email(view.emailIds("INBOX").get(0)).headers()).isPresent();
    }
  }

  @Test
  void uidsThatGoBackAreSeenAllTheSame() {
    DOVECOT.seed("fritz", "INBOX", 5);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, meddling, "fritz");
        ImapConnection server = DOVECOT.connect("fritz")) {
      account.sync(PATIENCE);
      meddling.lines(line -> line.replaceAll("UIDNEXT \\d+", "UIDNEXT 2"));
      DOVECOT.seed("fritz", "INBOX", 2);
      account.sync(PATIENCE);
      ServerTruth.assertShown(new AccountView(account, "fritz"), server);
    }
  }

  @Test
  void aSearchThatFindsEverythingThereCouldBeIsNotBelieved() {
    DOVECOT.seed("gina", "INBOX", 5);
    try (MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
        ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy, meddling, "gina");
        ImapConnection server = DOVECOT.connect("gina")) {
      meddling.lines(line -> line.replaceAll("UID ALL [0-9:,]+", "UID ALL 1:4294967295"));
      account.sync(PATIENCE);
      assertThat(account.status().error()).isPresent();
      meddling.heal();
      account.sync(PATIENCE);
      ServerTruth.assertShown(new AccountView(account, "gina"), server);
    }
  }

  @Test
  void aServerThatNeverFinishesIsGivenUp() {
    byte[] chatter = "* OK and another thing\r\n".getBytes(StandardCharsets.US_ASCII);
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1")
                .on(
                    "LIST .*",
                    (tag, out) -> {
                      while (true) {
                        out.write(chatter);
                      }
                    })
                .start();
        ImapProxy proxy =
            new ImapProxy(
                builder -> builder.timeouts(Duration.ofSeconds(2), Duration.ofMillis(200)));
        OpenAccount account =
            proxy
                .backend()
                .open(ImapProxy.configuration("127.0.0.1", server.port(), "hugo", "x"))) {
      assertThatThrownBy(() -> account.sync(PATIENCE)).isInstanceOf(BackendException.class);
      assertThat(account.status().phase()).isEqualTo(Phase.UNREACHABLE);
    }
  }

  @Test
  void aThousandFoldersAreShown() {
    showsFolders("ida", 1000);
  }

  @Test
  @Tag("full")
  void tenThousandFoldersAreShown() {
    showsFolders("jan", 10_000);
  }

  private static void showsFolders(String user, int number) {
    DOVECOT.seed(user, "INBOX", 3);
    DOVECOT.makeFolders(
        user, IntStream.range(0, number).mapToObj(i -> "Many" + i % 30 + "/Folder " + i).toList());
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(DOVECOT, user)) {
      DOVECOT.seed(user, "Many7/Folder 7", 2);
      account.sync(Duration.ofMinutes(2));
      AccountView view = new AccountView(account, user);
      assertThat(view.mailboxes()).hasSizeGreaterThan(number);
      assertThat(view.emailIds("INBOX")).hasSize(3);
      account.sync(Duration.ofMinutes(2));
      assertThat(account.status().messages()).isEqualTo(5);
    }
  }

  private static OpenAccount open(ImapProxy proxy, MeddlingProxy meddling, String user) {
    return proxy
        .backend()
        .open(ImapProxy.configuration("127.0.0.1", meddling.port(), user, DovecotServer.PASSWORD));
  }
}
