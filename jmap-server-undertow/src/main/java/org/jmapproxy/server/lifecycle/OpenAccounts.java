package org.jmapproxy.server.lifecycle;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.AccountProvider;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.server.accounts.AccountDirectory;
import org.jmapproxy.server.accounts.StoredAccount;
import org.jmapproxy.server.vault.CredentialVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of the directory while they are in use: opened by their backend at first need, kept
 * open while used, closed when idle. Thread-safe.
 */
public final class OpenAccounts implements AccountProvider, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenAccounts.class);

  private final AccountDirectory directory;
  private final CredentialVault vault;
  private final Backends backends;
  private final InstantSource clock;
  private final Map<String, AccountSlot> slots = new ConcurrentHashMap<>();

  /** Opens nothing yet. */
  public OpenAccounts(
      AccountDirectory directory, CredentialVault vault, Backends backends, InstantSource clock) {
    this.directory = directory;
    this.vault = vault;
    this.backends = backends;
    this.clock = clock;
  }

  /** How a principal is made of the account that it logged in with. */
  public static Principal principalOf(StoredAccount account) {
    return new Principal(account.accountId(), account.settings().email());
  }

  /** The accounts of the principal's pool, its own first. */
  @Override
  public List<Account> visibleTo(Principal principal) {
    return poolOf(principal).stream()
        .<Account>map(stored -> new PoolAccount(stored, this))
        .toList();
  }

  /** Something that keeps accounts open until it is closed. */
  public interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /** Keeps all accounts of the principal's pool open; one that cannot be opened is left out. */
  public Use use(Principal principal) {
    List<AccountSlot> used = new ArrayList<>();
    for (StoredAccount stored : poolOf(principal)) {
      AccountSlot slot = slot(stored.accountId());
      try {
        slot.use();
        used.add(slot);
      } catch (BackendException e) {
        LOG.warn("Account {} cannot be opened: {}", stored.accountId(), e.getMessage());
      } catch (RuntimeException e) {
        used.forEach(one -> one.release(clock.instant()));
        throw e;
      }
    }
    return () -> used.forEach(slot -> slot.release(clock.instant()));
  }

  /** Work with one open account. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void with(OpenAccount account);
  }

  /**
   * Keeps one account open while something is done with it.
   *
   * @throws BackendException if it cannot be opened, or as the work throws
   */
  public void use(String accountId, Work work) {
    AccountSlot slot = slot(accountId);
    OpenAccount account = slot.use();
    try {
      work.with(account);
    } finally {
      slot.release(clock.instant());
    }
  }

  /**
   * Does something with an account without counting it as use: it sleeps on, and may be closed
   * right after.
   *
   * @throws BackendException if it cannot be opened, or as the work throws
   */
  public void visit(String accountId, Work work) {
    AccountSlot slot = slot(accountId);
    OpenAccount account = slot.visit();
    try {
      work.with(account);
    } finally {
      slot.leave();
    }
  }

  /** Whether an account is open. */
  public boolean isOpen(String accountId) {
    AccountSlot slot = slots.get(accountId);
    return slot != null && slot.isOpen();
  }

  /** How far an account is: live if it is open, else as last written down. */
  public SyncStatus status(StoredAccount stored) {
    AccountSlot slot = slots.get(stored.accountId());
    return slot == null ? stored.status() : slot.status().orElse(stored.status());
  }

  /**
   * Asks the account's server whether it accepts a password.
   *
   * @throws BackendException if it does not answer
   */
  public boolean accepts(StoredAccount stored, String password) {
    return backendOf(stored).accepts(configuration(stored, credentials(stored, password)));
  }

  /**
   * Asks the account's server what names the account there, see {@link Backend#identify}.
   *
   * @throws BackendException if it does not answer or refuses the login
   */
  Optional<String> identify(StoredAccount account, String password) {
    return backendOf(account).identify(configuration(account, credentials(account, password)));
  }

  private static Credentials credentials(StoredAccount stored, String secret) {
    String username = stored.settings().username();
    return StoredCredentials.schemeOf(stored) == Credentials.Scheme.BEARER
        ? Credentials.bearer(username, secret)
        : Credentials.password(username, secret);
  }

  /** Closes an account whose settings have changed; the next use opens it with the new ones. */
  public void reopen(String accountId) {
    AccountSlot slot = slots.get(accountId);
    if (slot != null) {
      slot.close();
    }
  }

  /** Closes an account that is no longer in the directory and removes its local data. */
  public void remove(StoredAccount deleted) {
    reopen(deleted.accountId());
    slots.remove(deleted.accountId());
    backends
        .ofType(deleted.settings().type())
        .ifPresent(backend -> backend.delete(Id.of(deleted.accountId())));
  }

  /** The closed accounts that have something to do now, such as to send mail. */
  public List<String> due() {
    return backends.due().entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(clock.instant()))
        .map(entry -> entry.getKey().value())
        .filter(accountId -> directory.byId(accountId).isPresent() && !isOpen(accountId))
        .toList();
  }

  /** How many accounts are open. */
  public int openCount() {
    return (int) slots.values().stream().filter(AccountSlot::isOpen).count();
  }

  /** How many accounts are in their first sync. */
  public int firstSyncs() {
    return (int)
        slots.values().stream()
            .flatMap(slot -> slot.status().stream())
            .filter(status -> status.phase() == SyncStatus.Phase.FIRST_SYNC)
            .count();
  }

  /** How many folders all accounts have, as last written down. */
  public long folders() {
    return directory.all().stream().mapToLong(account -> account.status().folders()).sum();
  }

  /** How many messages all accounts have, as last written down. */
  public long messages() {
    return directory.all().stream().mapToLong(account -> account.status().messages()).sum();
  }

  /** Closes the accounts that nobody has used for so long. */
  public void closeIdle(Duration idleTimeout) {
    slots.forEach(
        (accountId, slot) -> {
          writeStatus(accountId, slot);
          if (slot.closeIfIdle(clock.instant(), idleTimeout)) {
            LOG.debug("Account {} is idle and closed", accountId);
          }
        });
  }

  /** Writes down how far the open accounts are. */
  public void writeStatuses() {
    slots.forEach(this::writeStatus);
  }

  /** Closes all accounts. */
  @Override
  public void close() {
    writeStatuses();
    slots.values().forEach(AccountSlot::close);
  }

  AccountSlot slot(String accountId) {
    return slots.computeIfAbsent(accountId, id -> new AccountSlot(() -> open(id)));
  }

  /** A status that cannot be written is told again at the next change: it is only a convenience. */
  private void writeStatus(String accountId, AccountSlot slot) {
    try {
      slot.changedStatus().ifPresent(status -> directory.putStatus(accountId, status));
    } catch (BackendException e) {
      LOG.warn("The status of account {} is not written down: {}", accountId, e.getMessage());
    }
  }

  private OpenAccount open(String accountId) {
    StoredAccount stored =
        directory
            .byId(accountId)
            .orElseThrow(
                () -> new BackendException(BackendException.Reason.GONE, "the account is deleted"));
    Credentials credentials = new StoredCredentials(directory, vault, accountId);
    return backendOf(stored).open(configuration(stored, credentials));
  }

  private Backend backendOf(StoredAccount stored) {
    String type = stored.settings().type();
    return backends
        .ofType(type)
        .orElseThrow(
            () ->
                new BackendException(
                    BackendException.Reason.BROKEN, "no backend serves accounts of type " + type));
  }

  private static AccountConfiguration configuration(StoredAccount stored, Credentials credentials) {
    return new AccountConfiguration(
        Id.of(stored.accountId()),
        stored.settings().email(),
        stored.settings().fields(),
        credentials);
  }

  private List<StoredAccount> poolOf(Principal principal) {
    String own = principal.name();
    return directory.byId(own).stream()
        .flatMap(account -> directory.pool(account.settings().poolId()).stream())
        .sorted(Comparator.comparing(account -> !account.accountId().equals(own)))
        .toList();
  }
}
