package org.jmapproxy.backend.imap;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.testkit.TypeFixture;
import org.jmapproxy.mail.mailbox.MailboxType;

/** A new user's account on a real server; the back door is another IMAP client. */
abstract class ImapFixture<T, C, U> implements TypeFixture<T, C, U> {
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ImapProxy proxy = new ImapProxy();
  private final OpenAccount open;
  private final Account account;
  private final AccountView view;
  private final ImapConnection other;

  ImapFixture(RealServer server) {
    String user = "kit" + USERS.incrementAndGet();
    open = proxy.open(server, user);
    open.sync(PATIENCE);
    account = Account.of(Id.of(user), user, open.roles());
    view = new AccountView(open, user);
    other = server.connect(user);
  }

  /** The other client's connection. */
  ImapConnection other() {
    return other;
  }

  /** Sees the account through its roles. */
  AccountView view() {
    return view;
  }

  /** Returns when the account shows what the other client did. */
  void sync() {
    open.sync(PATIENCE);
  }

  @Override
  public Account account() {
    return account;
  }

  /** Mailboxes are so few that the engine queries them itself. */
  @Override
  public boolean offers(Role<?> role) {
    return !role.equals(MailboxType.TYPE.queryRole());
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  /** The id that was not there before. */
  static Id onlyNew(List<Id> before, List<Id> after) {
    Set<Id> fresh = new HashSet<>(after);
    before.forEach(fresh::remove);
    if (fresh.size() != 1) {
      throw new AssertionError("not one new object but " + fresh);
    }
    return fresh.iterator().next();
  }

  @Override
  public void close() {
    other.close();
    open.close();
    proxy.close();
  }
}
