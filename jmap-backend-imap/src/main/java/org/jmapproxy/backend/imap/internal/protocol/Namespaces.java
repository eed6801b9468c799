package org.jmapproxy.backend.imap.internal.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** NAMESPACE (RFC 2342): where a user's own, other users' and shared mailboxes are. */
public record Namespaces(List<Namespace> personal, List<Namespace> others, List<Namespace> shared) {

  /** Of a server that does not know of namespaces. */
  public static Namespaces none() {
    return new Namespaces(List.of(), List.of(), List.of());
  }

  /** Whether a mailbox belongs to other users, or to nobody alone. */
  public boolean isOthers(String mailbox) {
    return !mailbox.equals("INBOX")
        && Stream.concat(others.stream(), shared.stream())
            .anyMatch(
                namespace ->
                    namespace.holds(mailbox)
                        && personal.stream()
                            .filter(own -> own.holds(mailbox))
                            .noneMatch(own -> own.isWithin(namespace)));
  }

  /**
   * One namespace.
   *
   * @param prefix of its mailbox names, decoded; empty at the root
   * @param separator empty for a flat one
   */
  public record Namespace(String prefix, Optional<Character> separator) {

    boolean holds(String mailbox) {
      return mailbox.startsWith(prefix)
          || separator.map(between -> prefix.equals(mailbox + between)).orElse(false);
    }

    boolean isWithin(Namespace other) {
      return prefix.length() >= other.prefix().length();
    }
  }
}
