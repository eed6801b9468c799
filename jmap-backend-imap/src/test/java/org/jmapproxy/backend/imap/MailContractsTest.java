package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.testkit.BlobLookupContract;
import org.jmapproxy.mail.testkit.EmailContract;
import org.jmapproxy.mail.testkit.EmailParseContract;
import org.jmapproxy.mail.testkit.EmailQueryContract;
import org.jmapproxy.mail.testkit.EmailWriteContract;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MailboxContract;
import org.jmapproxy.mail.testkit.ThreadContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An IMAP account keeps the contracts of the mail roles. */
class MailContractsTest
    implements MailboxContract,
        ThreadContract,
        EmailContract,
        EmailWriteContract,
        EmailQueryContract,
        EmailParseContract,
        BlobLookupContract {

  /** Maildir does not take a dot in the name of a folder. */
  @RegisterExtension
  static final DovecotServer DOVECOT =
      DovecotServer.builder().format(DovecotServer.Format.SDBOX).build();

  private static final AtomicInteger USERS = new AtomicInteger();

  private final String user = "contract" + USERS.incrementAndGet();
  private final ImapProxy proxy = new ImapProxy();
  private final OpenAccount open = proxy.open(DOVECOT, user);
  private final MailClient client;

  /** Comes after the contracts' own last look at the account. */
  @RegisterExtension
  final AfterEachCallback closing =
      context -> {
        open.close();
        proxy.close();
      };

  MailContractsTest() {
    open.sync(Duration.ofSeconds(60));
    client = new MailClient(Account.of(Id.of(user), user, open.roles()));
  }

  @Override
  public MailClient client() {
    return client;
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
