package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account on Dovecot keeps the contracts of the mail roles. */
class MailContractsTest extends MailContractsKept {

  /** Maildir does not take a dot in the name of a folder. */
  @RegisterExtension
  static final DovecotServer DOVECOT =
      DovecotServer.builder().format(DovecotServer.Format.SDBOX).build();

  MailContractsTest() {
    super(DOVECOT);
  }

  /** Dovecot refuses a name that begins with a tilde; the account says so. */
  @Test
  @Override
  public void namesMayHoldAnythingButControlCharacters() {
    for (String name : List.of("Entwürfe & Co", "日本語", "a.b", "100% \uD83D\uDE00", "peter~*")) {
      String id = client().createMailbox(name);
      assertThat(client().get("Mailbox", id, "name").get("name").stringValue()).isEqualTo(name);
    }
  }
}
