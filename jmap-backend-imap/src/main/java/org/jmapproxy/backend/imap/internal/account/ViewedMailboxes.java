package org.jmapproxy.backend.imap.internal.account;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.QuerySupport;
import org.jmapproxy.mail.email.EmailFilters;

/**
 * Email/query that lets be known at which Mailboxes clients look.
 *
 * @param queries answers
 * @param viewed hears of each Mailbox that is listed; must be quick
 */
record ViewedMailboxes(QueryRole queries, Consumer<Id> viewed) implements QueryRole {

  @Override
  public QuerySupport support() {
    return queries.support();
  }

  @Override
  public QueryPage page(
      CallContext context, Query query, long position, int limit, boolean calculateTotal) {
    query.filter().ifPresent(this::note);
    return queries.page(context, query, position, limit, calculateTotal);
  }

  @Override
  public Map<Id, Long> ranks(CallContext context, Query query, Collection<Id> ids) {
    return queries.ranks(context, query, ids);
  }

  @Override
  public boolean canCalculateChanges(CallContext context, Query query) {
    return queries.canCalculateChanges(context, query);
  }

  private void note(Filter filter) {
    List<Filter> conditions = filter instanceof Filter.And and ? and.filters() : List.of(filter);
    for (Filter condition : conditions) {
      if (condition instanceof Filter.Condition<?> one
          && one.property().equals(EmailFilters.IN_MAILBOX)
          && one.value() instanceof Id mailboxId) {
        viewed.accept(mailboxId);
      }
    }
  }
}
