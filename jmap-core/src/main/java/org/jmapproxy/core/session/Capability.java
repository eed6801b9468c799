package org.jmapproxy.core.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jmapproxy.core.spi.Account;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A capability as the session shows it (RFC 8620 section 2).
 *
 * @param urn the capability's name
 * @param session the object under {@code capabilities}, given all accounts of the session
 * @param account the object under {@code accountCapabilities}; empty when the account cannot do it
 */
public record Capability(
    String urn,
    Function<List<Account>, ObjectNode> session,
    Function<Account, Optional<ObjectNode>> account) {

  /** A capability whose session object does not depend on accounts. */
  public Capability(
      String urn, Supplier<ObjectNode> session, Function<Account, Optional<ObjectNode>> account) {
    this(urn, accounts -> session.get(), account);
  }

  /** A capability with an empty session object. */
  public static Capability of(String urn, Function<Account, Optional<ObjectNode>> account) {
    return new Capability(urn, accounts -> JsonNodeFactory.instance.objectNode(), account);
  }
}
