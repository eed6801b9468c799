package org.jmapproxy.core.spi;

import org.jmapproxy.core.id.Id;

/** One account as a principal sees it (RFC 8620 section 1.6.2). Implementations are thread-safe. */
public interface Account {

  /** The account's id, unique in the server. */
  Id id();

  /** A name for people, usually an address. */
  String name();

  /** Whether the account belongs to the principal. */
  default boolean isPersonal() {
    return true;
  }

  /** Whether the principal may change nothing in it. */
  default boolean isReadOnly() {
    return false;
  }

  /** What the account can do now. Called several times per request: must be cheap and not block. */
  Roles roles();

  /** A personal, writable account with fixed roles. */
  static Account of(Id id, String name, Roles roles) {
    return new FixedAccount(id, name, roles);
  }
}
