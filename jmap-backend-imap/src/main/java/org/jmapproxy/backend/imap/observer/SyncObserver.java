package org.jmapproxy.backend.imap.observer;

import org.jmapproxy.core.error.BackendException;

/**
 * Hears what the synchronisation of all accounts does. Called often and from many threads: must be
 * thread-safe, quick, and must not throw.
 */
public interface SyncObserver {
  /** Hears nothing. */
  SyncObserver NONE = new SyncObserver() {};

  /**
   * Connections to mail servers were opened or closed.
   *
   * @param change how many more there are now; negative: fewer
   */
  default void connections(int change) {}

  /**
   * Accounts began or ended to be synchronised.
   *
   * @param change how many more are at it now; negative: fewer
   */
  default void synchronising(int change) {}

  /** So many messages were stored in replicas, new ones and older ones of a first sync. */
  default void messagesStored(int count) {}

  /** An account could not be synchronised. */
  default void failed(BackendException.Reason reason) {}
}
