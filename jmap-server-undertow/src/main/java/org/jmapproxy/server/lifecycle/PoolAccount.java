package org.jmapproxy.server.lifecycle;

import java.util.Optional;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.server.accounts.StoredAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One account of a pool as a request sees it. An account that cannot be opened can do nothing. */
final class PoolAccount implements Account {

  private static final Logger LOG = LoggerFactory.getLogger(PoolAccount.class);

  private final StoredAccount stored;
  private final OpenAccounts accounts;

  PoolAccount(StoredAccount stored, OpenAccounts accounts) {
    this.stored = stored;
    this.accounts = accounts;
  }

  @Override
  public Id id() {
    return Id.of(stored.accountId());
  }

  @Override
  public String name() {
    return stored.settings().email();
  }

  @Override
  public boolean isReadOnly() {
    return stored.settings().readOnly()
        || upstream().map(InvocationForwarder::isReadOnly).orElse(false);
  }

  @Override
  public boolean isPersonal() {
    return upstream().map(InvocationForwarder::isPersonal).orElse(true);
  }

  @Override
  public Roles roles() {
    try {
      return accounts.slot(stored.accountId()).roles();
    } catch (BackendException e) {
      LOG.warn("Account {} cannot be opened: {}", stored.accountId(), e.getMessage());
      return Roles.builder().build();
    }
  }

  private Optional<InvocationForwarder> upstream() {
    return stored.settings().upstream().flatMap(any -> roles().find(InvocationForwarder.ROLE));
  }
}
