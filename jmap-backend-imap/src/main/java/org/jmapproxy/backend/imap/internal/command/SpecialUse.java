package org.jmapproxy.backend.imap.internal.command;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.Capabilities;

/** Mailbox roles that servers know as special uses (RFC 6154, RFC 8457). */
final class SpecialUse {
  private static final Set<String> ROLES =
      Set.of("all", "archive", "drafts", "flagged", "important", "junk", "sent", "trash");

  private SpecialUse() {}

  /** The attribute to create a folder with; empty where role or server do not know of it. */
  static Optional<String> of(String role, Capabilities capabilities) {
    if (!capabilities.has("CREATE-SPECIAL-USE") || !ROLES.contains(role)) {
      return Optional.empty();
    }
    return Optional.of("\\" + role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1));
  }
}
