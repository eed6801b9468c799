package org.jmapproxy.mail.mailbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;

/**
 * The Mailboxes of an account as a forest. A Mailbox whose parent is not among them stands at the
 * top. Immutable.
 */
public final class MailboxTree {

  private final Map<Id, Mailbox> byId;

  private MailboxTree(Map<Id, Mailbox> byId) {
    this.byId = Collections.unmodifiableMap(byId);
  }

  /** The forest of these Mailboxes. */
  public static MailboxTree of(Collection<Mailbox> mailboxes) {
    Map<Id, Mailbox> byId = new LinkedHashMap<>();
    mailboxes.forEach(mailbox -> byId.put(mailbox.id(), mailbox));
    return new MailboxTree(byId);
  }

  /** All Mailboxes, in the order given. */
  public Collection<Mailbox> mailboxes() {
    return byId.values();
  }

  /** The Mailbox of an id. */
  public Optional<Mailbox> find(Id id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The id of a Mailbox's parent; empty at the top and for unknown Mailboxes. */
  public Optional<Id> parent(Id id) {
    return find(id).flatMap(Mailbox::parentId).filter(byId::containsKey);
  }

  /** The children of a Mailbox, or the Mailboxes at the top. */
  public List<Mailbox> children(Optional<Id> parentId) {
    return byId.values().stream().filter(mailbox -> parent(mailbox.id()).equals(parentId)).toList();
  }

  /** The ids of all ancestors, the nearest first. */
  public List<Id> ancestors(Id id) {
    Set<Id> ancestors = new LinkedHashSet<>();
    Optional<Id> next = parent(id);
    while (next.isPresent() && ancestors.add(next.get())) {
      next = parent(next.get());
    }
    return List.copyOf(ancestors);
  }

  /** How many levels there are from the top down to the Mailbox: 1 at the top. */
  public int depth(Id id) {
    return ancestors(id).size() + 1;
  }

  /** How many levels there are from the Mailbox down: 1 without children. */
  public int height(Id id) {
    int own = depth(id);
    return byId.keySet().stream()
        .filter(other -> ancestors(other).contains(id))
        .mapToInt(other -> depth(other) - own + 1)
        .max()
        .orElse(1);
  }

  /** These ids, children before their parents, so that all can be destroyed in this order. */
  public List<Id> childrenFirst(Collection<Id> ids) {
    List<Id> ordered = new ArrayList<>(ids);
    ordered.sort(Comparator.comparingInt(this::depth).reversed());
    return List.copyOf(ordered);
  }

  /** The forest with a Mailbox added, or put in the place of the one with its id. */
  public MailboxTree with(Mailbox mailbox) {
    Map<Id, Mailbox> more = new LinkedHashMap<>(byId);
    more.put(mailbox.id(), mailbox);
    return new MailboxTree(more);
  }

  /** The forest without a Mailbox. */
  public MailboxTree without(Id id) {
    Map<Id, Mailbox> fewer = new LinkedHashMap<>(byId);
    fewer.remove(id);
    return new MailboxTree(fewer);
  }
}
