package org.jmapproxy.core.backend;

import java.time.Duration;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.Subscription;

/** An account that is open: its roles, its life and its progress. Thread-safe. */
public interface OpenAccount extends AutoCloseable {

  /** What the account can do now; cheap. */
  Roles roles();

  /** How far synchronisation is; cheap. */
  SyncStatus status();

  /** Keeps the account connected and watching until the lease is closed. */
  Subscription lease();

  /**
   * Synchronises once, whole, and returns when that is done.
   *
   * @param patience how long to wait at most
   * @throws org.jmapproxy.core.error.BackendException when it fails or takes longer
   */
  void sync(Duration patience);

  /**
   * Returns as soon as there is something to show: the newest messages of a first synchronisation,
   * or at once when there are data already.
   *
   * @param patience how long to wait at most
   * @throws org.jmapproxy.core.error.BackendException when the first synchronisation fails or takes
   *     longer
   */
  void awaitFirstData(Duration patience);

  /** Does what has become due, see {@link Backend#due}, and returns when that is done. */
  default void settle() {}

  /** Stops all work and closes local data. */
  @Override
  void close();
}
