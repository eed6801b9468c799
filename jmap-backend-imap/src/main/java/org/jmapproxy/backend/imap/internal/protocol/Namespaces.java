package org.jmapproxy.backend.imap.internal.protocol;

import java.util.List;
import java.util.Optional;

/** NAMESPACE (RFC 2342): where a user's own, other users' and shared mailboxes are. */
public record Namespaces(List<Namespace> personal, List<Namespace> others, List<Namespace> shared) {

  /**
   * One namespace.
   *
   * @param prefix of its mailbox names, decoded; empty at the root
   * @param separator empty for a flat one
   */
  public record Namespace(String prefix, Optional<Character> separator) {}
}
