package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.jmapproxy.backend.imap.testkit.ServerTruth;
import org.jmapproxy.core.backend.OpenAccount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts with many empty folders take no round trip for each, and miss nothing all the same. */
@Timeout(120)
class EmptyFoldersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 40;

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private String user = "";

  @BeforeEach
  void newUser(TestInfo test) {
    user = Integer.toHexString(test.getDisplayName().hashCode());
    DOVECOT.seed(user, "INBOX", 3);
    DOVECOT.makeFolders(user, IntStream.range(0, MANY).mapToObj(i -> "Empty/Folder " + i).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST-STATUS", "CONDSTORE", "nothing"})
  void emptyFoldersAreNotSelected(String hidden) {
    try (Scene scene = new Scene()) {
      scene.meddling.lines(line -> line.replace(hidden, "XHIDDEN"));
      scene.account.sync(PATIENCE);
      scene.account.sync(PATIENCE);

      assertThat(scene.selected()).isNotEmpty().allMatch(command -> command.contains("\"INBOX\""));
      assertThat(scene.view.mailboxes()).hasSizeGreaterThan(MANY);
      ServerTruth.assertShown(scene.view, scene.server);
    }
  }

  @Test
  void whatArrivesInAnEmptyFolderIsFound() {
    try (Scene scene = new Scene()) {
      scene.account.sync(PATIENCE);
      DOVECOT.seed(user, "Empty/Folder 7", 2);
      scene.account.sync(PATIENCE);

      assertThat(scene.view.emailIds("Folder 7")).hasSize(2);
      assertThat(scene.selected()).noneMatch(command -> command.contains("Folder 8"));
      ServerTruth.assertShown(scene.view, scene.server);
    }
  }

  @Test
  void whatCameAndWentUnseenLeavesNoTrace() {
    try (Scene scene = new Scene()) {
      scene.account.sync(PATIENCE);
      DOVECOT.seed(user, "Empty/Folder 7", 2);
      scene.expunge("Empty/Folder 7");
      scene.account.sync(PATIENCE);
      assertThat(scene.selected()).noneMatch(command -> command.contains("Folder 7"));

      DOVECOT.seed(user, "Empty/Folder 7", 1);
      scene.account.sync(PATIENCE);
      assertThat(scene.view.emailIds("Folder 7")).hasSize(1);
      ServerTruth.assertShown(scene.view, scene.server);
    }
  }

  @Test
  void aFolderThatIsEmptyNowAndWasNotIsEmptied() {
    try (Scene scene = new Scene()) {
      scene.account.sync(PATIENCE);
      scene.expunge("INBOX");
      scene.account.sync(PATIENCE);

      assertThat(scene.view.emailIds("INBOX")).isEmpty();
      assertThat(scene.account.status().messages()).isZero();
    }
  }

  @Test
  void anEmptyFolderThatIsReplacedByAFullOneIsReadAnew() {
    try (Scene scene = new Scene()) {
      scene.account.sync(PATIENCE);
      scene.server.mailboxes().delete("Empty/Folder 7");
      scene.server.mailboxes().create("Empty/Folder 7");
      DOVECOT.seed(user, "Empty/Folder 7", 2);
      scene.account.sync(PATIENCE);

      ServerTruth.assertShown(scene.view, scene.server);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UIDVALIDITY \\d+ ?", "UIDNEXT \\d+ ?", "MESSAGES \\d+ ?"})
  void aFolderOfWhichStatusTellsTooLittleIsSelected(String item) {
    try (Scene scene = new Scene()) {
      scene.meddling.lines(line -> line.startsWith("* STATUS") ? line.replaceAll(item, "") : line);
      scene.account.sync(PATIENCE);

      assertThat(scene.selected()).anyMatch(command -> command.contains("Folder 7"));
      ServerTruth.assertShown(scene.view, scene.server);
    }
  }

  /** Dovecot lists what the user subscribed to, there or not. */
  @Test
  void subscribedFoldersThatAreGoneDisturbNothing() {
    try (Scene scene = new Scene()) {
      scene.server.mailboxes().subscribe("Empty/Folder 7");
      scene.server.mailboxes().delete("Empty/Folder 7");
      scene.account.sync(PATIENCE);
      scene.server.mailboxes().subscribe("Empty/Folder 8");
      scene.server.mailboxes().delete("Empty/Folder 8");
      scene.account.sync(PATIENCE);

      assertThat(scene.view.mailbox("Folder 7")).isEmpty();
      assertThat(scene.view.mailbox("Folder 8")).isEmpty();
      assertThat(scene.account.status().error()).isEmpty();
      ServerTruth.assertShown(scene.view, scene.server);
    }
  }

  /** An account behind a proxy that knows which commands were sent. */
  private final class Scene implements AutoCloseable {
    final MeddlingProxy meddling = MeddlingProxy.to(DOVECOT);
    final ImapProxy proxy = new ImapProxy();
    final OpenAccount account =
        proxy
            .backend()
            .open(
                ImapProxy.configuration(
                    "127.0.0.1", meddling.port(), user, DovecotServer.PASSWORD));
    final AccountView view = new AccountView(account, user);
    final ImapConnection server = DOVECOT.connect(user);

    List<String> selected() {
      return meddling.commands().stream()
          .filter(command -> command.matches("(SELECT|EXAMINE) .*"))
          .toList();
    }

    void expunge(String mailbox) {
      server.select(mailbox);
      server.messages().store(UidSet.from(1), StoreMode.ADD, List.of("\\Deleted"));
      server.messages().expungeAll();
    }

    @Override
    public void close() {
      server.close();
      account.close();
      proxy.close();
      meddling.close();
    }
  }
}
