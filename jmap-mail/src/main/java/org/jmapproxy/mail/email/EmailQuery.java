package org.jmapproxy.mail.email;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.QueryCandidates;
import org.jmapproxy.mail.thread.ThreadLookup;
import org.jmapproxy.mail.thread.ThreadType;

/** What is special about Email/query: Threads (RFC 8621 section 4.4.3). */
final class EmailQuery {

  private EmailQuery() {}

  static List<Email> run(
      List<Email> all, Query query, Predicate<Email> matches, Comparator<Email> order) {
    List<Email> found = all.stream().filter(matches).sorted(order).toList();
    if (!query.arguments().get(EmailType.COLLAPSE_THREADS)) {
      return found;
    }
    Set<Id> seen = new HashSet<>();
    return found.stream().filter(email -> seen.add(email.threadId())).toList();
  }

  /** Where Threads matter, what happens to an Email may move all others of its Thread. */
  static Set<Id> candidates(CallContext context, Roles roles, Query query, Changes changes) {
    Set<Id> changed = QueryCandidates.changedObjects().of(context, roles, query, changes);
    if (changed.isEmpty() || !dependsOnThreads(query)) {
      return changed;
    }
    Set<Id> threadIds =
        new LinkedHashSet<>(
            roles
                .find(ThreadLookup.ROLE)
                .orElseThrow(() -> new MethodException(MethodError.cannotCalculateChanges()))
                .threadIds(context, changed)
                .values());
    Set<Id> candidates = new LinkedHashSet<>(changed);
    roles
        .find(ThreadType.TYPE.readRole())
        .orElseThrow(() -> new MethodException(MethodError.cannotCalculateChanges()))
        .read(context, ReadRequest.of(List.copyOf(threadIds), Set.of("id", "emailIds")))
        .forEach(thread -> candidates.addAll(thread.emailIds()));
    return candidates;
  }

  private static boolean dependsOnThreads(Query query) {
    return query.arguments().get(EmailType.COLLAPSE_THREADS)
        || query.sort().stream().anyMatch(by -> EmailSorts.OF_THREADS.contains(by.property()))
        || query.filter().filter(EmailQuery::dependsOnThreads).isPresent();
  }

  private static boolean dependsOnThreads(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.filters().stream().anyMatch(EmailQuery::dependsOnThreads);
    } else if (filter instanceof Filter.Or or) {
      return or.filters().stream().anyMatch(EmailQuery::dependsOnThreads);
    } else if (filter instanceof Filter.Not not) {
      return not.filters().stream().anyMatch(EmailQuery::dependsOnThreads);
    }
    return filter instanceof Filter.Condition<?> condition
        && EmailFilters.OF_THREADS.contains(condition.property());
  }
}
