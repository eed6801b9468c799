package org.jmapproxy.mail.email;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A change of a set, such as {@code keywords}: a replacement, or additions and removals that leave
 * other members as they are at the moment of writing.
 *
 * @param <E> the members
 * @param replacement the whole new set; then nothing is added or removed
 * @param added members to add, unless they are there
 * @param removed members to remove, if they are there; none of them is added
 */
public record SetChange<E>(Optional<Set<E>> replacement, Set<E> added, Set<E> removed) {

  /** Copies the sets. */
  public SetChange {
    replacement = replacement.map(Set::copyOf);
    added = Set.copyOf(added);
    removed = Set.copyOf(removed);
  }

  /** The set stays as it is. */
  public static <E> SetChange<E> none() {
    return patch(Set.of(), Set.of());
  }

  /** The set becomes another one. */
  public static <E> SetChange<E> replace(Set<E> members) {
    return new SetChange<>(Optional.of(members), Set.of(), Set.of());
  }

  /** Some members come, some go. */
  public static <E> SetChange<E> patch(Set<E> added, Set<E> removed) {
    return new SetChange<>(Optional.empty(), added, removed);
  }

  /** Whether nothing is asked for. */
  public boolean isNone() {
    return replacement.isEmpty() && added.isEmpty() && removed.isEmpty();
  }

  /** The set after the change. */
  public Set<E> applyTo(Set<E> before) {
    if (replacement.isPresent()) {
      return replacement.get();
    }
    Set<E> after = new LinkedHashSet<>(before);
    after.addAll(added);
    after.removeAll(removed);
    return Set.copyOf(after);
  }
}
