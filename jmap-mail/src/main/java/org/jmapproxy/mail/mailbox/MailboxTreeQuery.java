package org.jmapproxy.mail.mailbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.QueryCandidates;

/** Mailbox/query with {@code sortAsTree} and {@code filterAsTree} (RFC 8621 section 2.3). */
final class MailboxTreeQuery {

  private MailboxTreeQuery() {}

  static List<Mailbox> run(
      List<Mailbox> all, Query query, Predicate<Mailbox> matches, Comparator<Mailbox> order) {
    List<Mailbox> sorted =
        query.arguments().get(MailboxType.SORT_AS_TREE)
            ? depthFirst(all, order)
            : all.stream().sorted(order).toList();
    if (!query.arguments().get(MailboxType.FILTER_AS_TREE)) {
      return sorted.stream().filter(matches).toList();
    }
    Set<Id> matching = new HashSet<>();
    all.stream().filter(matches).map(Mailbox::id).forEach(matching::add);
    MailboxTree tree = MailboxTree.of(all);
    return sorted.stream()
        .filter(mailbox -> matching.contains(mailbox.id()))
        .filter(mailbox -> matching.containsAll(tree.ancestors(mailbox.id())))
        .toList();
  }

  /** In tree queries what happens to a Mailbox moves everything below it. */
  static Set<Id> candidates(CallContext context, Roles roles, Query query, Changes changes) {
    Set<Id> changed = QueryCandidates.changedObjects().of(context, roles, query, changes);
    boolean asTree =
        query.arguments().get(MailboxType.SORT_AS_TREE)
            || query.arguments().get(MailboxType.FILTER_AS_TREE);
    if (!asTree || changed.isEmpty()) {
      return changed;
    }
    List<Mailbox> all =
        roles
            .find(MailboxType.TYPE.readRole())
            .map(role -> role.read(context, ReadRequest.all(Set.of("id", "parentId"))))
            .orElse(List.of());
    MailboxTree tree = MailboxTree.of(all);
    Set<Id> candidates = new LinkedHashSet<>(changed);
    all.stream()
        .map(Mailbox::id)
        .filter(id -> tree.ancestors(id).stream().anyMatch(changed::contains))
        .forEach(candidates::add);
    return candidates;
  }

  /** Children behind their parent, siblings in order; a lost parent counts as none. */
  private static List<Mailbox> depthFirst(List<Mailbox> all, Comparator<Mailbox> order) {
    MailboxTree tree = MailboxTree.of(all);
    Map<Optional<Id>, List<Mailbox>> children = new HashMap<>();
    all.stream()
        .sorted(order)
        .forEach(
            mailbox ->
                children
                    .computeIfAbsent(tree.parent(mailbox.id()), id -> new ArrayList<>())
                    .add(mailbox));
    List<Mailbox> sorted = new ArrayList<>(all.size());
    append(children, Optional.empty(), sorted);
    return sorted;
  }

  private static void append(
      Map<Optional<Id>, List<Mailbox>> children, Optional<Id> parent, List<Mailbox> sorted) {
    for (Mailbox mailbox : children.getOrDefault(parent, List.of())) {
      sorted.add(mailbox);
      append(children, Optional.of(mailbox.id()), sorted);
    }
  }
}
