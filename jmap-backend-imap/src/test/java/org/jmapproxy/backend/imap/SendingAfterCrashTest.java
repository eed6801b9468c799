package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SendingAccount;
import org.jmapproxy.backend.imap.testkit.SmtpSink;
import org.jmapproxy.mail.testkit.MailClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The process ends at a point of the SMTP dialog: what is on the disk at that moment is opened
 * again beside a server that has heard nothing.
 */
class SendingAfterCrashTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BOB = "bob@example.com";
  private static final AtomicInteger USERS = new AtomicInteger();

  private final String user = "crashed" + USERS.incrementAndGet();
  private final SmtpSink before = new SmtpSink();
  private final SmtpSink after = new SmtpSink();

  @AfterEach
  void stop() {
    before.close();
    after.close();
  }

  /** The client was not answered: only what may have been delivered is there afterwards. */
  @ParameterizedTest
  @CsvSource({"MAIL,0", "RCPT,0", "DATA,0", "'.',1"})
  void aMessageThatNobodyWasPromised(String command, int records) {
    Path copy =
        snapshotAt(
            command, account -> MailClient.createdId(account.submit(account.draft("first", BOB))));
    try (SendingAccount account = SendingAccount.resurrected(DOVECOT, user, after.port(), copy)) {
      account.open().settle();
      assertThat(after.deliveries()).isEmpty();
      List<String> submissions = account.submissions();
      assertThat(submissions).hasSize(records);
      for (String id : submissions) {
        assertThat(account.submission(id).get("undoStatus").stringValue()).isEqualTo("final");
        assertThat(account.status(id, BOB).get("delivered").stringValue()).isEqualTo("unknown");
      }
      ImapProxy.await("nothing is due", () -> account.proxy().backend().due().isEmpty());
    }
  }

  /** The client was told that it will be sent: it is, unless it may have been delivered. */
  @ParameterizedTest
  @CsvSource({"MAIL,1", "RCPT,1", "DATA,1", "'.',0"})
  void aMessageThatWasPromised(String command, int deliveries) {
    Path copy =
        snapshotAt(
            command,
            account ->
                MailClient.createdId(
                    account.submit(
                        account.draft("later", BOB),
                        "{'mailFrom':{'email':'"
                            + account.address()
                            + "','parameters':{'HOLDFOR':'1'}},'rcptTo':[{'email':'"
                            + BOB
                            + "'}]}")));
    try (SendingAccount account = SendingAccount.resurrected(DOVECOT, user, after.port(), copy)) {
      String id = account.submissions().get(0);
      account.awaitUndoStatus(id, "final");
      assertThat(account.status(id, BOB).get("delivered").stringValue()).isEqualTo("unknown");
      account.open().settle();
      assertThat(after.deliveries()).hasSize(deliveries);
      ImapProxy.await("nothing is due", () -> account.proxy().backend().due().isEmpty());
    }
  }

  /** Something that a client does. */
  private interface Deed {
    void by(SendingAccount account);
  }

  /** The data as they are when the server hears a command for the first time. */
  private Path snapshotAt(String command, Deed deed) {
    List<Path> copies = new CopyOnWriteArrayList<>();
    try (SendingAccount account = new SendingAccount(DOVECOT, user, before.port(), PATIENCE)) {
      before.before(
          command,
          () -> {
            if (copies.isEmpty()) {
              copies.add(account.snapshot());
            }
          });
      deed.by(account);
      ImapProxy.await("the message is sent", () -> before.deliveries().size() == 1);
      ImapProxy.await("all is done", () -> account.proxy().backend().due().isEmpty());
      assertThat(copies).hasSize(1);
      return copies.get(0);
    }
  }
}
