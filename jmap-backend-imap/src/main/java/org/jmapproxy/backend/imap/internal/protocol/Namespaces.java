package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** NAMESPACE (RFC 2342): where a user's own, other users' and shared mailboxes are. */
public record Namespaces(List<Namespace> personal, List<Namespace> others, List<Namespace> shared) {

  /** Whose mailboxes a namespace holds. */
  public enum Owner {
    /** The user's own. */
    PERSONAL,
    /** Those of other users. */
    OTHERS,
    /** Those of nobody alone. */
    SHARED
  }

  /** Of a server that does not know of namespaces. */
  public static Namespaces none() {
    return new Namespaces(List.of(), List.of(), List.of());
  }

  /** Whether a mailbox belongs to other users, or to nobody alone. */
  public boolean isOthers(String mailbox) {
    return otherThanPersonal(mailbox).isPresent();
  }

  /** The namespace of a mailbox that is not the user's own: of several the innermost. */
  public Optional<Namespace> otherThanPersonal(String mailbox) {
    return mailbox.equals("INBOX")
        ? Optional.empty()
        : Stream.concat(others.stream(), shared.stream())
            .filter(
                namespace ->
                    namespace.holds(mailbox)
                        && personal.stream()
                            .filter(own -> own.holds(mailbox))
                            .noneMatch(own -> own.isWithin(namespace)))
            .max(Comparator.comparing(namespace -> namespace.prefix().length()));
  }

  /** Whose mailboxes one of these namespaces holds. */
  public Optional<Owner> owner(Namespace namespace) {
    if (personal.contains(namespace)) {
      return Optional.of(Owner.PERSONAL);
    }
    if (others.contains(namespace)) {
      return Optional.of(Owner.OTHERS);
    }
    return shared.contains(namespace) ? Optional.of(Owner.SHARED) : Optional.empty();
  }

  /**
   * One namespace.
   *
   * @param prefix of its mailbox names, decoded; empty at the root
   * @param separator empty for a flat one
   */
  public record Namespace(String prefix, Optional<Character> separator) {

    /** Whether a mailbox is in it, or is what its prefix names. */
    public boolean holds(String mailbox) {
      return mailbox.startsWith(prefix)
          || separator.map(between -> prefix.equals(mailbox + between)).orElse(false);
    }

    /** Whether the prefix is a name above all its mailboxes. */
    public boolean isFolder() {
      return prefix.length() > 1
          && separator.map(between -> prefix.charAt(prefix.length() - 1) == between).orElse(false);
    }

    boolean isWithin(Namespace other) {
      return prefix.length() >= other.prefix().length();
    }
  }
}
