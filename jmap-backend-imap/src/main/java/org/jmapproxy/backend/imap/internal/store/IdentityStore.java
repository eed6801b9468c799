package org.jmapproxy.backend.imap.internal.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.mail.identity.Identity;
import org.jmapproxy.mail.identity.NewIdentity;

/** Keeps Identities. They outlive the replica. Thread-safe. */
public interface IdentityStore {

  /**
   * Makes the configured addresses Identities: new ones appear, vanished ones go. What the user
   * changed stays.
   */
  Committed configure(List<ConfiguredIdentity> configured);

  /** All Identities: configured ones first. */
  List<Identity> all();

  /** Adds one of the user's own. */
  Added add(NewIdentity identity);

  /**
   * Changes an Identity.
   *
   * @return empty when it is gone
   */
  Optional<Committed> change(Id id, UnaryOperator<Identity> change);

  /** Removes Identities. */
  Committed remove(Set<Id> ids);

  /** Tells clients what changed. */
  ChangesRole changes();

  /**
   * An address that was configured.
   *
   * @param email an address, or {@code *@domain}
   * @param name may be empty
   */
  record ConfiguredIdentity(String email, String name) {}

  /**
   * An Identity was added.
   *
   * @param identity as it is now
   * @param committed what to tell clients
   */
  record Added(Identity identity, Committed committed) {}
}
