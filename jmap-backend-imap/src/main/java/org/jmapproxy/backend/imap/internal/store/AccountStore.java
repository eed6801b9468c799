package org.jmapproxy.backend.imap.internal.store;

import java.util.Optional;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Roles;

/**
 * All that is kept of one account. Thread-safe: any number of readers, one writer at a time, and
 * readers never wait for the writer. No method waits for the network, and none holds a transaction
 * when it returns. Every method throws a {@code BackendException} when data cannot be read or
 * written.
 */
public interface AccountStore extends AutoCloseable {

  /** The account. */
  Id accountId();

  /** What the synchronisation asks: folders, UIDs, copies. */
  ReplicaReader reader();

  /** What the synchronisation writes. */
  ReplicaWriter writer();

  /** Uploaded data. */
  Uploads uploads();

  /** Submissions on their way. */
  OutboxStore outbox();

  /** Addresses to send as. */
  IdentityStore identities();

  /** Sieve scripts. */
  ScriptStore scripts();

  /** Small things to remember, such as the abilities found at the server. */
  Notes notes();

  /**
   * Adds the roles that the store answers by itself: Mailbox read and changes, Thread read and
   * changes, thread lookup, Email read, changes and query.
   *
   * @param beyond what queries ask of the server; absent: nothing, they do not look into bodies
   */
  void addRolesTo(Roles.Builder roles, Optional<BeyondReplica> beyond);

  /**
   * The current state of a type.
   *
   * @param type {@code Mailbox}, {@code Thread}, {@code Email} or {@code EmailDelivery}
   */
  State state(String type);

  /**
   * Gives back memory and file handles that are not in use; the next call takes what it needs.
   * Meant to be called now and then, and when nobody needs the account.
   */
  void trim();

  /** Closes the files once calls in progress have ended; later calls fail. */
  @Override
  void close();
}
