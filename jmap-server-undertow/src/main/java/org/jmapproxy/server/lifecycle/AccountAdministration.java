package org.jmapproxy.server.lifecycle;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.server.accounts.AccountDirectory;
import org.jmapproxy.server.accounts.AccountSettings;
import org.jmapproxy.server.accounts.EmailTakenException;
import org.jmapproxy.server.accounts.InvalidAccountException;
import org.jmapproxy.server.accounts.NewAccount;
import org.jmapproxy.server.accounts.StoredAccount;
import org.jmapproxy.server.vault.CredentialVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an operator does with accounts: list, add or change, synchronise, delete. Thread-safe. */
public final class AccountAdministration {

  private static final Logger LOG = LoggerFactory.getLogger(AccountAdministration.class);

  private final AccountDirectory directory;
  private final CredentialVault vault;
  private final Backends backends;
  private final OpenAccounts accounts;
  private final ServerDiscovery discovery;
  private final AccountChanges listener;
  private final Duration setupPatience;
  private final Duration syncPatience;
  private final ReentrantLock oneChangeAtATime = new ReentrantLock();

  /**
   * Builds the administration.
   *
   * @param discovery asked when a new account names no IMAP server
   * @param listener told of each account that was changed or deleted, or whose pool was
   * @param setupPatience how long adding an account waits for something to show
   * @param syncPatience how long a synchronisation may take
   */
  public AccountAdministration(
      AccountDirectory directory,
      CredentialVault vault,
      Backends backends,
      OpenAccounts accounts,
      ServerDiscovery discovery,
      AccountChanges listener,
      Duration setupPatience,
      Duration syncPatience) {
    this.directory = directory;
    this.vault = vault;
    this.backends = backends;
    this.accounts = accounts;
    this.discovery = discovery;
    this.listener = listener;
    this.setupPatience = setupPatience;
    this.syncPatience = syncPatience;
  }

  /** An account and how far it is now. */
  public record Listed(AccountSettings settings, boolean configured, SyncStatus status) {}

  /** An account that was added or changed, and why its first synchronisation failed, if it did. */
  public record Added(AccountSettings settings, Optional<String> warning) {}

  /** All accounts by id; opens none of them. */
  public List<Listed> list() {
    return directory.all().stream().map(this::listed).toList();
  }

  /** One account; opens nothing. */
  public Optional<Listed> find(String accountId) {
    return directory.byId(accountId).map(this::listed);
  }

  /**
   * Adds an account or changes the one that has this id, and waits until it has something to show.
   *
   * @throws InvalidAccountException if a field is missing or wrong
   * @throws EmailTakenException if another account has the address
   */
  public Added put(ObjectNode body) {
    ObjectNode complete = withServers(body);
    Optional<String> identity = identify(complete);
    Stored stored = store(complete, identity);
    AccountSettings settings = stored.settings();
    accounts.reopen(settings.accountId());
    tellOfChange(settings.accountId(), stored.poolBefore());
    LOG.info("Account {} is stored", settings.accountId());
    return new Added(settings, setUp(settings));
  }

  /**
   * Synchronises an account once and whole.
   *
   * @return false if there is no such account
   * @throws BackendException if it fails
   */
  public boolean sync(String accountId) {
    Optional<StoredAccount> stored = directory.byId(accountId);
    stored.ifPresent(
        account -> {
          requireServer(account.settings());
          accounts.use(accountId, open -> open.sync(syncPatience));
          accounts.writeStatuses();
        });
    return stored.isPresent();
  }

  /**
   * Deletes an account with all local data.
   *
   * @return false if there is no such account
   */
  public boolean delete(String accountId) {
    oneChangeAtATime.lock();
    try {
      Optional<StoredAccount> stored = directory.byId(accountId);
      List<String> poolBefore = poolOf(accountId);
      if (stored.isEmpty() || !directory.delete(accountId)) {
        return false;
      }
      listener.credentialsEnded(accountId);
      tellOfChange(accountId, poolBefore);
      accounts.remove(stored.get());
      LOG.info("Account {} is deleted", accountId);
      return true;
    } finally {
      oneChangeAtATime.unlock();
    }
  }

  private List<String> poolOf(String accountId) {
    return directory.byId(accountId).stream()
        .flatMap(account -> directory.pool(account.settings().poolId()).stream())
        .map(StoredAccount::accountId)
        .toList();
  }

  private void tellOfChange(String accountId, List<String> poolBefore) {
    List<String> poolAfter = poolOf(accountId);
    Set<String> affected = new LinkedHashSet<>(List.of(accountId));
    if (!poolAfter.equals(poolBefore)) {
      affected.addAll(poolBefore);
      affected.addAll(poolAfter);
    }
    affected.forEach(listener::changed);
  }

  private ObjectNode withServers(ObjectNode body) {
    boolean known =
        directory
            .byId(NewAccount.accountId(body))
            .filter(
                account ->
                    account.settings().imap().isPresent()
                        || account.settings().upstream().isPresent())
            .isPresent();
    return known ? body : discovery.complete(body);
  }

  /** An account as it was stored, and who was in its pool before. */
  private record Stored(AccountSettings settings, List<String> poolBefore) {}

  /** Of an account on a JMAP server: what names it there. That server has to be there to tell. */
  private Optional<String> identify(ObjectNode body) {
    Optional<StoredAccount> existing = directory.byId(NewAccount.accountId(body));
    NewAccount account = NewAccount.read(body, existing.map(StoredAccount::settings));
    if (account.settings().upstream().isEmpty()) {
      return Optional.empty();
    }
    requireBackend(account.settings());
    String secret =
        account
            .password()
            .orElseGet(() -> existing.map(known -> vault.open(known.sealedSecret())).orElse(""));
    return accounts.identify(
        new StoredAccount(account.settings(), "", SyncStatus.unknown()), secret);
  }

  /** What is registered under another id already keeps that id, its address and its pool. */
  private ObjectNode underItsKnownId(ObjectNode body, Optional<String> identity) {
    String wanted = NewAccount.accountId(body);
    return identity
        .flatMap(directory::byIdentity)
        .map(StoredAccount::accountId)
        .filter(known -> !known.equals(wanted))
        .map(
            known -> {
              ObjectNode same = body.deepCopy().put("accountid", known);
              return same.remove(List.of("email", "poolid"));
            })
        .orElse(body);
  }

  private Stored store(ObjectNode wanted, Optional<String> identity) {
    oneChangeAtATime.lock();
    try {
      ObjectNode body = underItsKnownId(wanted, identity);
      List<String> poolBefore = poolOf(NewAccount.accountId(body));
      Optional<StoredAccount> existing = directory.byId(NewAccount.accountId(body));
      NewAccount account = NewAccount.read(body, existing.map(StoredAccount::settings));
      AccountSettings read = inWholePool(account.settings());
      AccountSettings settings = identity.map(read::withIdentity).orElse(read);
      String type = settings.type();
      requireBackend(settings);
      String sealed =
          account
              .password()
              .map(vault::seal)
              .orElseGet(() -> existing.map(StoredAccount::sealedSecret).orElse(""));
      if (existing.isEmpty()) {
        backends.ofType(type).ifPresent(backend -> backend.delete(Id.of(settings.accountId())));
      }
      directory.put(settings, sealed);
      existing.ifPresent(before -> tellOfPassword(before, account.password()));
      return new Stored(settings, poolBefore);
    } finally {
      oneChangeAtATime.unlock();
    }
  }

  /** The same password given once more is none of another login. */
  private void tellOfPassword(StoredAccount before, Optional<String> given) {
    String sealed = before.sealedSecret();
    if (given.isPresent() && !(vault.opens(sealed) && vault.open(sealed).equals(given.get()))) {
      listener.credentialsEnded(before.accountId());
    }
  }

  /** Who joins a member joins the member's pool: pools are never nested. */
  private AccountSettings inWholePool(AccountSettings settings) {
    return directory
        .byId(settings.poolId())
        .filter(member -> !member.accountId().equals(settings.accountId()))
        .map(member -> settings.withPoolId(member.settings().poolId()))
        .orElse(settings);
  }

  private Optional<String> setUp(AccountSettings settings) {
    try {
      requireServer(settings);
      accounts.use(settings.accountId(), this::awaitFirstData);
      accounts.writeStatuses();
      return Optional.empty();
    } catch (BackendException e) {
      LOG.warn("Account {}: setup failed: {}", settings.accountId(), e.getMessage());
      return Optional.of("setup failed: " + e.getMessage());
    }
  }

  private void awaitFirstData(OpenAccount open) {
    open.awaitFirstData(setupPatience);
  }

  private void requireBackend(AccountSettings settings) {
    if (backends.ofType(settings.type()).isEmpty()) {
      throw new InvalidAccountException("type must be one that this server knows, such as imap");
    }
  }

  private static void requireServer(AccountSettings settings) {
    if (settings.imap().isEmpty() && settings.type().equals("imap")) {
      throw new BackendException(
          BackendException.Reason.UNAVAILABLE,
          "no imapHost given, and the DNS names none; add the account again with imapHost");
    }
  }

  private Listed listed(StoredAccount stored) {
    return new Listed(stored.settings(), !stored.sealedSecret().isEmpty(), accounts.status(stored));
  }
}
