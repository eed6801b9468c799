package org.jmapproxy.server.accounts;

import org.jmapproxy.core.backend.SyncStatus;

/**
 * One account of the directory.
 *
 * @param settings what the operator said
 * @param sealedSecret the stored password as the vault wrote it; empty if none was given
 * @param status how far its replica is, as last written down
 */
public record StoredAccount(AccountSettings settings, String sealedSecret, SyncStatus status) {

  /** The identity of the account. */
  public String accountId() {
    return settings.accountId();
  }

  StoredAccount withSealedSecret(String newSecret) {
    return new StoredAccount(settings, newSecret, status);
  }

  StoredAccount withStatus(SyncStatus newStatus) {
    return new StoredAccount(settings, sealedSecret, newStatus);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "StoredAccount[" + settings + ", " + status + "]";
  }
}
