package org.jmapproxy.backend.imap.internal.account;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jmapproxy.core.spi.Roles;

/**
 * What an account can do: most of it always, some of it since its server was found to do it too.
 * Thread-safe.
 */
final class AccountRoles {
  private final Map<String, Roles> parts = new LinkedHashMap<>();
  private volatile Roles current = Roles.builder().build();

  /**
   * Offers roles, or takes them away again.
   *
   * @param part names what belongs together
   */
  synchronized void set(String part, Roles roles) {
    parts.put(part, roles);
    Roles.Builder builder = Roles.builder();
    parts.values().forEach(builder::withAll);
    current = builder.build();
  }

  /** All roles offered now. */
  Roles current() {
    return current;
  }
}
