package org.jmapproxy.mail.sieve;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Role;

/**
 * What an account's Sieve does beside keeping scripts. Goes together with the read role of {@link
 * SieveScriptType}. Thread-safe.
 */
public interface SieveRole {

  /** The key of this role. */
  Role<SieveRole> ROLE = Role.of("SieveScript/engine", SieveRole.class);

  /** What it can do; quickly told, without a server. */
  SieveTerms terms();

  /**
   * Whether a text is a script that could be stored (RFC 9661 section 2.6). Stores nothing.
   *
   * @param text not empty
   * @return what is wrong with it, with the line if that is known; empty if it is valid
   * @throws BackendException when nobody can be asked
   */
  Optional<String> problem(CallContext context, String text);

  /**
   * Makes a script the active one, in place of the one that is; or, without an id, none.
   *
   * @param id of a script; one that does not exist changes nothing
   * @return the scripts that became active or inactive, as they are now
   * @throws BackendException when it cannot be done
   */
  List<SieveScript> activate(CallContext context, Optional<Id> id);
}
