package org.jmapproxy.server.lifecycle;

import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.server.accounts.AccountDirectory;
import org.jmapproxy.server.accounts.StoredAccount;
import org.jmapproxy.server.accounts.Upstream;
import org.jmapproxy.server.vault.CredentialVault;
import org.jmapproxy.server.vault.VaultException;

/** The login of an account as the directory has it at the moment it is asked. */
final class StoredCredentials implements Credentials {

  private final AccountDirectory directory;
  private final CredentialVault vault;
  private final String accountId;

  StoredCredentials(AccountDirectory directory, CredentialVault vault, String accountId) {
    this.directory = directory;
    this.vault = vault;
    this.accountId = accountId;
  }

  @Override
  public String username() {
    return stored().settings().username();
  }

  @Override
  public String secret() {
    try {
      return vault.open(stored().sealedSecret());
    } catch (VaultException e) {
      throw new BackendException(
          BackendException.Reason.AUTHENTICATION_LOST, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Scheme scheme() {
    return schemeOf(stored());
  }

  /** How the stored secret of an account is meant. */
  static Scheme schemeOf(StoredAccount account) {
    return account
            .settings()
            .upstream()
            .filter(upstream -> upstream.authType() == Upstream.AuthType.BEARER)
            .isPresent()
        ? Scheme.BEARER
        : Scheme.PASSWORD;
  }

  @Override
  public String toString() {
    return "StoredCredentials[" + accountId + "]";
  }

  private StoredAccount stored() {
    return directory
        .byId(accountId)
        .orElseThrow(
            () -> new BackendException(BackendException.Reason.GONE, "the account is deleted"));
  }
}
