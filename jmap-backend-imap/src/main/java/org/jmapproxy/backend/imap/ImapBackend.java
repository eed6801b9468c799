package org.jmapproxy.backend.imap;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.account.AccountOpening;
import org.jmapproxy.backend.imap.internal.account.AccountSettings;
import org.jmapproxy.backend.imap.internal.account.Environment;
import org.jmapproxy.backend.imap.internal.body.AccountFiles;
import org.jmapproxy.backend.imap.internal.connect.ImapFailures;
import org.jmapproxy.backend.imap.internal.outbox.DueAccounts;
import org.jmapproxy.backend.imap.internal.outbox.MessageFiles;
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
 * ever changed at the server, and there are no roles that write; false); {@code smtpHost} (without
 * it the account cannot send), {@code smtpPort} (587), {@code smtpSSL} (as {@code imapSSL}; 3),
 * {@code identities} (JSON, a list of {@code name} and {@code email}: further addresses to send
 * from); {@code sieveHost}, {@code sievePort} (4190), {@code sieveSSL} (3): without them the
 * ManageSieve server is looked for.
 */
public final class ImapBackend implements Backend {
  private final Environment environment;
  private final AccountStores stores;
  private final AccountOpening opening;
  private final DueAccounts due = new DueAccounts();

  ImapBackend(Environment environment, AccountStores stores) {
    this.environment = environment;
    this.stores = stores;
    this.opening = new AccountOpening(environment, due);
    findWaitingMessages();
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
      return opening.open(
          configuration,
          store,
          bodies(configuration.accountId()),
          messages(configuration.accountId()));
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
  public Map<Id, Instant> due() {
    return due.times();
  }

  @Override
  public void delete(Id accountId) {
    due.set(accountId, Optional.empty());
    stores.delete(accountId);
    try {
      AccountFiles.deleteTree(bodies(accountId));
      AccountFiles.deleteTree(messages(accountId));
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

  /** Accounts that were left with messages to send are to be opened: they know when to. */
  private void findWaitingMessages() {
    try (DirectoryStream<Path> accounts = Files.newDirectoryStream(outboxes())) {
      for (Path account : accounts) {
        String name = account.getFileName().toString();
        if (Id.isValid(name) && MessageFiles.hasAny(account)) {
          due.set(Id.of(name), Optional.of(Instant.EPOCH));
        }
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new BackendException(BackendException.Reason.BROKEN, "The outboxes cannot be read", e);
    }
  }

  private Path messages(Id accountId) {
    return outboxes().resolve(accountId.value());
  }

  private Path outboxes() {
    return environment.dataDirectory().resolve("outbox");
  }

  private Path bodies(Id accountId) {
    return environment.dataDirectory().resolve("bodies").resolve(accountId.value());
  }
}
