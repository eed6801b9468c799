package org.jmapproxy.backend.imap;

import java.io.IOException;
import java.nio.file.Path;
import org.jmapproxy.backend.imap.internal.account.AccountOpening;
import org.jmapproxy.backend.imap.internal.account.AccountSettings;
import org.jmapproxy.backend.imap.internal.account.Environment;
import org.jmapproxy.backend.imap.internal.body.AccountFiles;
import org.jmapproxy.backend.imap.internal.connect.ImapFailures;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.AccountStores;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;

/**
 * Accounts on IMAP servers, with a local replica of everything that lists and searches need. Reads
 * never wait for the network; changes go to the server first. Thread-safe.
 *
 * <p>Settings of an account: {@code imapHost} (required), {@code imapPort} (993), {@code imapSSL}
 * (0 or 1 no TLS, 2 TLS from the start, 3 STARTTLS; 2), {@code readOnly} ({@code true}: nothing is
 * ever changed at the server, and there are no roles that write; false).
 */
public final class ImapBackend implements Backend {
  private final Environment environment;
  private final AccountStores stores;
  private final AccountOpening opening;

  ImapBackend(Environment environment, AccountStores stores) {
    this.environment = environment;
    this.stores = stores;
    this.opening = new AccountOpening(environment);
  }

  /** Begins a backend. */
  public static ImapBackendBuilder builder() {
    return new ImapBackendBuilder();
  }

  @Override
  public String type() {
    return "imap";
  }

  @Override
  public OpenAccount open(AccountConfiguration configuration) {
    AccountSettings.endpoint(configuration, environment);
    AccountStore store = stores.open(configuration.accountId());
    try {
      return opening.open(configuration, store, bodies(configuration.accountId()));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public boolean accepts(AccountConfiguration configuration) {
    try {
      ImapConnection.open(
              AccountSettings.endpoint(configuration, environment),
              AccountSettings.credentials(configuration))
          .logout();
      return true;
    } catch (ImapAuthenticationException e) {
      return false;
    } catch (ImapException e) {
      throw ImapFailures.toBackend(e);
    }
  }

  @Override
  public void delete(Id accountId) {
    stores.delete(accountId);
    try {
      AccountFiles.deleteTree(bodies(accountId));
    } catch (IOException e) {
      throw new BackendException(
          BackendException.Reason.BROKEN, "The account's files cannot be deleted", e);
    }
  }

  /** Accounts are closed by those who opened them; beside them nothing is kept. */
  @Override
  public void close() {
    // nothing to close
  }

  private Path bodies(Id accountId) {
    return environment.dataDirectory().resolve("bodies").resolve(accountId.value());
  }
}
