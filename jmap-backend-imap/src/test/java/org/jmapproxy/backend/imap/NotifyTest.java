package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SampleMessages;
import org.jmapproxy.backend.imap.testkit.ScriptedMailbox;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that notifies is heard in all folders; one that only says so is watched as before. */
class NotifyTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void whatHappensInAnyFolderIsAnEventAtOnce() {
    dovecot.seed("ann", "Archive", 3);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(dovecot, "ann");
        ImapConnection other = dovecot.connect("ann");
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ann");
      List<StateChange> heard = new CopyOnWriteArrayList<>();
      Subscription hearing = proxy.changes().signals(Id.of("ann")).subscribe(heard::add);

      append(other, "Archive", 4);
      ImapProxy.await("arrival", () -> view.emailIds("Archive").size() == 4);
      ImapProxy.await("event", () -> !heard.isEmpty());
      Id oldest = view.emailIds("Archive").get(3);
      other.select("Archive");
      other.messages().store(UidSet.of(1), StoreMode.ADD, Set.of("\\Flagged"));
      ImapProxy.await("flag", () -> view.email(oldest).keywords().contains("$flagged"));
      other.messages().move(UidSet.of(1), "Trash");
      ImapProxy.await("move", () -> view.emailIds("Trash").equals(List.of(oldest)));
      ImapProxy.await("departure", () -> view.emailIds("Archive").size() == 3);

      create(other, "New");
      ImapProxy.await("new folder", () -> view.mailbox("New").isPresent());
      other.mailboxes().delete("New");
      ImapProxy.await("deleted folder", () -> view.mailbox("New").isEmpty());
      hearing.close();
      assertThat(lease).isNotNull();
    }
  }

  /**
   * The poll would come after ten minutes. Dovecot 2.3 does not always tell of a RENAME, but then
   * names the folder, which nobody knows by that name, with the next message in it.
   */
  @Test
  void foldersThatOthersCreateAndRenameAreHeardBeforeThePoll() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(dovecot, "ben");
        ImapConnection other = dovecot.connect("ben");
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ben");

      create(other, "Plans");
      append(other, "Plans", 1);
      ImapProxy.await("folder", () -> view.mailbox("Plans").isPresent());
      ImapProxy.await("its message", () -> view.emailIds("Plans").size() == 1);
      Id mailbox = view.mailboxId("Plans");
      List<Id> emails = view.emailIds("Plans");

      other.mailboxes().rename("Plans", "Ideas");
      append(other, "Ideas", 2);
      ImapProxy.await("other name", () -> view.mailbox("Ideas").isPresent());
      assertThat(view.mailbox("Plans")).isEmpty();
      assertThat(view.mailboxId("Ideas")).isEqualTo(mailbox);
      ImapProxy.await("its next message", () -> view.emailIds("Ideas").size() == 2);
      assertThat(view.emailIds("Ideas")).containsAll(emails);
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void foldersThatOthersCreateAndDeleteBelowOthersAreHeardAtOnce() {
    dovecot.seed("cleo", "Ideas", 1);
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(dovecot, "cleo");
        ImapConnection other = dovecot.connect("cleo");
        Subscription lease = account.lease()) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "cleo");

      create(other, "Ideas/Old");
      append(other, "Ideas/Old", 2);
      ImapProxy.await("folder below", () -> view.mailbox("Old").isPresent());
      ImapProxy.await("message in it", () -> view.emailIds("Old").size() == 1);
      List<Id> emails = view.emailIds("Old");
      assertThat(view.mailbox("Old").orElseThrow().parentId()).contains(view.mailboxId("Ideas"));

      other.mailboxes().delete("Ideas/Old");
      ImapProxy.await("deletion", () -> view.mailbox("Old").isEmpty());
      assertThat(view.emails(emails)).isEmpty();
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void aServerThatRefusesToNotifyIsWatchedByIdle() {
    try (ScriptedMailbox mailbox =
        ScriptedMailbox.offering("IMAP4rev1 IDLE NOTIFY CONDSTORE ENABLE QRESYNC")) {
      mailbox.server().on("NOTIFY .*", "$ NO [NOTPERMITTED] not today\r\n");
      idleUntil(mailbox, new AtomicInteger(), "* 1 EXISTS\r\n");
      followOneArrival(mailbox, 1);
    }
  }

  @Test
  void aServerThatKnowsFewerEventsIsAskedForThose() {
    try (ScriptedMailbox mailbox =
        ScriptedMailbox.offering("IMAP4rev1 IDLE NOTIFY CONDSTORE ENABLE QRESYNC")) {
      mailbox
          .server()
          .on("NOTIFY .*MailboxName.*", "$ NO [BADEVENT (MessageNew FlagChange)] what?\r\n")
          .on("NOTIFY .*", "$ OK done\r\n");
      idleUntil(mailbox, new AtomicInteger(), "* 1 EXISTS\r\n");
      followOneArrival(mailbox, 3);
    }
  }

  @Test
  void whatIsLostWhenNotificationsOverflowIsFound() {
    try (ScriptedMailbox mailbox =
        ScriptedMailbox.offering("IMAP4rev1 IDLE NOTIFY CONDSTORE ENABLE QRESYNC")) {
      mailbox.server().on("NOTIFY .*", "$ OK done\r\n");
      idleUntil(mailbox, new AtomicInteger(), "* OK [NOTIFICATIONOVERFLOW] too much\r\n");
      followOneArrival(mailbox, 2);
    }
  }

  /** The first IDLE brings a message, and then these lines. */
  private static void idleUntil(ScriptedMailbox mailbox, AtomicInteger idles, String lines) {
    mailbox
        .server()
        .on(
            "IDLE",
            (tag, out) -> {
              out.write("+ idling\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
              out.flush();
              if (idles.incrementAndGet() == 1) {
                mailbox.arrive("");
                out.write(lines.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
              }
              mailbox.idling(tag);
            })
        .answering("DONE", (line, none) -> mailbox.idled() + " OK done\r\n");
  }

  private static void followOneArrival(ScriptedMailbox mailbox, int notifies) {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account =
            proxy
                .backend()
                .open(
                    ImapProxy.configuration(
                        "127.0.0.1", mailbox.server().port(), "user", "secret"));
        Subscription lease = account.lease()) {
      AccountView view = new AccountView(account, "user");
      account.awaitFirstData(PATIENCE);
      ImapProxy.await("arrival", () -> view.emailIds("INBOX").size() == 1);
      ImapProxy.await(
          "NOTIFY",
          () ->
              mailbox.server().received().stream().filter(c -> c.startsWith("NOTIFY")).count()
                  == notifies);
      assertThat(lease).isNotNull();
    }
  }

  /** Dovecot says that a new folder exists when another connection's LIST has come between. */
  private static void create(ImapConnection connection, String mailbox) {
    try {
      connection.mailboxes().create(mailbox);
    } catch (ImapRefusedException e) {
      assertThat(e.code().name()).isEqualTo("ALREADYEXISTS");
    }
  }

  private static void append(ImapConnection connection, String mailbox, int number) {
    byte[] message = SampleMessages.message(mailbox, number);
    connection
        .messages()
        .append(
            mailbox,
            Set.of(),
            Optional.of(SampleMessages.receivedAt(number)),
            message.length,
            new ByteArrayInputStream(message));
  }
}
