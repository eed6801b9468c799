package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.ScriptedMailbox;
import org.jmapproxy.core.backend.OpenAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PREVIEW (RFC 8970) is asked for as long as that is of use. */
@Timeout(60)
class ServerPreviewsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ScriptedMailbox mailbox =
      ScriptedMailbox.offering("IMAP4rev1 PREVIEW CONDSTORE ENABLE QRESYNC");

  @AfterEach
  void stop() {
    mailbox.close();
  }

  @Test
  void aServerThatAlwaysAnswersNilIsNotAskedForEver() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy)) {
      AccountView view = new AccountView(account, "user");
      arriveAndSync(account, 60);
      assertThat(asked()).isEqualTo(1);
      arriveAndSync(account, 1);
      arriveAndSync(account, 60);
      assertThat(asked()).isEqualTo(1);
      assertThat(view.emails(view.emailIds("INBOX")))
          .hasSize(121)
          .allMatch(email -> email.preview().equals("hello"));
    }
  }

  @Test
  void aFewMessagesWithoutPreviewProveNothing() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy)) {
      for (int round = 1; round <= 4; round++) {
        arriveAndSync(account, 10);
        assertThat(asked()).isEqualTo(round);
      }
    }
  }

  @Test
  void aServerThatHasGivenPreviewsIsAskedOn() {
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = open(proxy)) {
      AccountView view = new AccountView(account, "user");
      mailbox.previews("\"a preview\"");
      arriveAndSync(account, 1);
      mailbox.previews("NIL");
      arriveAndSync(account, 60);
      arriveAndSync(account, 60);
      mailbox.previews("\"a preview\"");
      arriveAndSync(account, 1);
      assertThat(asked()).isEqualTo(4);
      assertThat(view.emails(view.emailIds("INBOX")))
          .filteredOn(email -> email.preview().equals("a preview"))
          .hasSize(2);
    }
  }

  private void arriveAndSync(OpenAccount account, int messages) {
    for (int i = 0; i < messages; i++) {
      mailbox.arrive("");
    }
    account.sync(PATIENCE);
  }

  private long asked() {
    return mailbox.server().received().stream()
        .filter(command -> command.contains("PREVIEW"))
        .count();
  }

  private OpenAccount open(ImapProxy proxy) {
    return proxy
        .backend()
        .open(ImapProxy.configuration("127.0.0.1", mailbox.server().port(), "user", "secret"));
  }
}
