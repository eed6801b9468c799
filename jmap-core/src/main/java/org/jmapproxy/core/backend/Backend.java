package org.jmapproxy.core.backend;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * A kind of backend, for servers that register backends by type. An application with data of its
 * own does not need it: it gives an {@code AccountProvider} to the builder. Thread-safe.
 */
public interface Backend extends AutoCloseable {

  /** The value of {@code type} in the management API, for example {@code imap}. */
  String type();

  /**
   * Opens an account on its local data; does not wait for the network. An account is opened once at
   * a time.
   *
   * @throws org.jmapproxy.core.error.BackendException when local data cannot be read
   */
  OpenAccount open(AccountConfiguration configuration);

  /**
   * Asks the account's server whether it accepts credentials.
   *
   * @return false when it refuses them
   * @throws org.jmapproxy.core.error.BackendException when it does not answer
   */
  boolean accepts(AccountConfiguration configuration);

  /**
   * Asks the account's server, before an account is stored, what names it there. Two accounts of
   * one identity are the same account, which is registered only once. Backends that have no use for
   * it answer nothing, without asking.
   *
   * @return a text that is the same whenever it is the same account
   * @throws org.jmapproxy.core.error.BackendException when the server does not answer, refuses the
   *     credentials or is not of this kind: the account is not to be stored
   */
  default Optional<String> identify(AccountConfiguration configuration) {
    return Optional.empty();
  }

  /**
   * The accounts that have something to do at a time, such as to send mail, whether they are open
   * or not. A closed one is to be opened then, for {@link OpenAccount#settle}; an open one does it
   * by itself.
   */
  default Map<Id, Instant> due() {
    return Map.of();
  }

  /** Removes all local data of an account that is not open; does nothing when there are none. */
  void delete(Id accountId);

  /** Closes what the backend keeps beside accounts. */
  @Override
  void close();
}
