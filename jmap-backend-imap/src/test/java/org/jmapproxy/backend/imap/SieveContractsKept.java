package org.jmapproxy.backend.imap;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.backend.imap.testkit.SieveSession;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.SieveScriptContract;
import org.jmapproxy.mail.testkit.VacationContract;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account with a ManageSieve server keeps the contracts of what is done by scripts. */
abstract class SieveContractsKept implements SieveScriptContract, VacationContract {
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
  SieveContractsKept(RealServer server, int sievePort) {
    String user = "sieve" + USERS.incrementAndGet();
    open = proxy.backend().open(SieveSession.configuration(server, sievePort, user));
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
