package org.jmapproxy.core.spi;

import java.util.List;

/** Tells which accounts a principal may use. Thread-safe. */
@FunctionalInterface
public interface AccountProvider {

  /**
   * The accounts that the principal sees, in the order of preference: for each capability the first
   * account that has it becomes the session's primary account.
   */
  List<Account> visibleTo(Principal principal);
}
