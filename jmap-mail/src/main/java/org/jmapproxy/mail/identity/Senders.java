package org.jmapproxy.mail.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;

/**
 * From which addresses the user may send at all. An account without this role leaves it to its
 * server to refuse.
 *
 * @param patterns addresses; {@code *@domain} stands for every address of the domain
 */
public record Senders(Set<String> patterns) {

  /** The key of this role. */
  public static final Role<Senders> ROLE = Role.of("senders", Senders.class);

  /** Copies the patterns. */
  public Senders {
    patterns = Set.copyOf(patterns);
  }

  /** Whether the user may send from an address, or use a pattern as an Identity. */
  public boolean permit(String email) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, email));
  }

  /** Whether an account lets its user send from an address. */
  static Optional<String> refusal(Roles roles, String email) {
    return roles
        .find(ROLE)
        .filter(senders -> !senders.permit(email))
        .map(senders -> "the user may not send from " + email);
  }

  /** Addresses are compared without regard to case, as every provider does. */
  static boolean matches(String pattern, String email) {
    String wanted = pattern.toLowerCase(Locale.ROOT);
    String given = email.toLowerCase(Locale.ROOT);
    return wanted.equals(given)
        || (wanted.startsWith("*@") && given.endsWith(wanted.substring(1)) && given.length() > 1);
  }
}
