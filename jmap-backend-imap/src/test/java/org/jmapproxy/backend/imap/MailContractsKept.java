package org.jmapproxy.backend.imap;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.RealServer;
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
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An IMAP account keeps the contracts of the mail roles, whatever server it lives on. */
abstract class MailContractsKept
    implements MailboxContract,
        ThreadContract,
        EmailContract,
        EmailWriteContract,
        EmailQueryContract,
        EmailParseContract,
        BlobLookupContract {
  private static final AtomicInteger USERS = new AtomicInteger();

  private final ImapProxy proxy = new ImapProxy();
  private final OpenAccount open;
  private final MailClient client;

  /** Comes after the contracts' own last look at the account. */
  @RegisterExtension
  final AfterEachCallback closing =
      context -> {
        open().close();
        proxy.close();
      };

  /** An account of a new user. */
  MailContractsKept(RealServer server) {
    String user = "contract" + USERS.incrementAndGet();
    open = proxy.open(server, user);
    open.sync(Duration.ofSeconds(60));
    client = new MailClient(Account.of(Id.of(user), user, open.roles()));
  }

  private OpenAccount open() {
    return open;
  }

  @Override
  public MailClient client() {
    return client;
  }
}
