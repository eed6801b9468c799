package org.jmapproxy.server.auth;

import com.codahale.metrics.Counter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.server.accounts.AccountDirectory;
import org.jmapproxy.server.accounts.StoredAccount;
import org.jmapproxy.server.auth.Attempts.Rate;
import org.jmapproxy.server.vault.CredentialVault;
import org.jmapproxy.server.vault.VaultException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Basic authentication of JMAP clients, by email or account id. The stored password is compared
 * first, so that a dead mail server locks nobody out; a password that differs is tried at the
 * account's server, and kept if it is right there. Thread-safe; may block while a server is asked.
 */
public final class BasicAuthentication {

  private static final Logger LOG = LoggerFactory.getLogger(BasicAuthentication.class);

  private final AccountDirectory directory;
  private final CredentialVault vault;
  private final LoginCheck loginCheck;
  private final NewPassword newPassword;
  private final Attempts attempts;
  private final LoginCache cache;
  private final Counter hits;
  private final Counter misses;

  /** Told when a password that the mail server accepted has replaced the stored one. */
  @FunctionalInterface
  public interface NewPassword {
    /** The stored password of this account has changed. */
    void replaced(String accountId);
  }

  /** Builds the authentication; the counters count answers from memory and others. */
  public BasicAuthentication(
      AccountDirectory directory,
      CredentialVault vault,
      LoginCheck loginCheck,
      NewPassword newPassword,
      InstantSource clock,
      Counter hits,
      Counter misses) {
    this.directory = directory;
    this.vault = vault;
    this.loginCheck = loginCheck;
    this.newPassword = newPassword;
    this.attempts =
        new Attempts(
            clock, new Rate(5, Duration.ofSeconds(20)), new Rate(60, Duration.ofSeconds(1)));
    this.cache = new LoginCache(clock, Duration.ofMinutes(5));
    this.hits = hits;
    this.misses = misses;
  }

  /** Judges the value of an {@code Authorization} header. */
  public Login authenticate(String header) {
    String headerKey = cache.keyOf(header);
    Optional<String> known = cache.accountOf(headerKey);
    if (known.isPresent()) {
      hits.inc();
      return new Login.Granted(known.get());
    }
    misses.inc();
    long mark = cache.mark();
    Login login = BasicCredentials.parse(header).map(this::judge).orElseGet(Login.Refused::new);
    if (login instanceof Login.Granted granted) {
      cache.put(headerKey, granted.accountId(), mark);
    }
    return login;
  }

  /** Forgets what is remembered about an account; to be called when it is changed or deleted. */
  public void forget(String accountId) {
    cache.purge(accountId);
  }

  /** How many right headers are remembered. */
  public int cachedLogins() {
    return cache.size();
  }

  private Login judge(BasicCredentials credentials) {
    Optional<StoredAccount> found = accountOf(credentials.user());
    String stored = found.flatMap(this::storedPassword).orElse("");
    boolean same = sameSecret(stored, credentials.password());
    if (found.isPresent() && same) {
      return new Login.Granted(found.get().accountId());
    }
    if (!attempts.take(credentials.user().toLowerCase(Locale.ROOT))) {
      return new Login.Throttled();
    }
    return found.map(account -> askServer(account, credentials)).orElseGet(Login.Refused::new);
  }

  private Login askServer(StoredAccount account, BasicCredentials credentials) {
    if (loginCheck.check(account, credentials.password()) != LoginCheck.Answer.ACCEPTED) {
      return new Login.Refused();
    }
    attempts.forget(credentials.user().toLowerCase(Locale.ROOT));
    if (storedPassword(account).isPresent()) {
      keep(account.accountId(), credentials.password());
    }
    return new Login.Granted(account.accountId());
  }

  /**
   * A stored value that cannot be opened is never replaced here: a start with the wrong key, or
   * with none, must not cost what was sealed with the right one.
   */
  private void keep(String accountId, String password) {
    try {
      directory.putSecret(accountId, vault.seal(password));
      cache.purge(accountId);
      newPassword.replaced(accountId);
      LOG.info("Account {} logged in with a new password; it is stored", accountId);
    } catch (VaultException | BackendException e) {
      LOG.error("Account {}: a new password is not stored: {}", accountId, e.getMessage());
    }
  }

  private Optional<StoredAccount> accountOf(String user) {
    return directory.byEmail(user).or(() -> directory.byId(user));
  }

  private Optional<String> storedPassword(StoredAccount account) {
    try {
      return Optional.of(vault.open(account.sealedSecret()));
    } catch (VaultException e) {
      LOG.error("Account {}: {}", account.accountId(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Compares digests, so that neither content nor length shows in the time it takes. */
  private boolean sameSecret(String stored, String given) {
    boolean same =
        MessageDigest.isEqual(
            cache.keyOf(stored).getBytes(StandardCharsets.US_ASCII),
            cache.keyOf(given).getBytes(StandardCharsets.US_ASCII));
    return same && !stored.isEmpty();
  }
}
