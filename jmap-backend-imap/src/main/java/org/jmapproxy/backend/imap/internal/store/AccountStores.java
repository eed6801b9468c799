package org.jmapproxy.backend.imap.internal.store;

import org.jmapproxy.core.id.Id;

/** Where the stores of all accounts are kept. Thread-safe. */
public interface AccountStores {

  /**
   * Opens the store of an account, and makes an empty one if there is none. Data that cannot be
   * read are moved aside; what is the account's own is saved as far as possible.
   *
   * @throws org.jmapproxy.core.error.BackendException when the store was written by a newer version
   *     or cannot be opened
   */
  AccountStore open(Id accountId);

  /** Whether there is a store. */
  boolean exists(Id accountId);

  /** Removes the store of an account that is not open; does nothing when there is none. */
  void delete(Id accountId);
}
