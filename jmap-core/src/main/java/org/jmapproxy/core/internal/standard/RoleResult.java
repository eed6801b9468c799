package org.jmapproxy.core.internal.standard;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.QueryRole;

/** A result that the account's query role finds, window by window. */
final class RoleResult implements QueryResult {

  private final CallContext context;
  private final QueryRole role;
  private final Query query;

  RoleResult(CallContext context, QueryRole role, Query query) {
    this.context = context;
    this.role = role;
    this.query = query;
  }

  @Override
  public long total() {
    return totalOf(role.page(context, query, 0, 0, true));
  }

  @Override
  public List<Id> page(long position, int limit) {
    return role.page(context, query, position, limit, false).ids();
  }

  @Override
  public Map<Id, Long> ranks(Collection<Id> ids) {
    return ids.isEmpty() ? Map.of() : role.ranks(context, query, ids);
  }

  private static long totalOf(QueryPage page) {
    return page.total()
        .orElseThrow(
            () ->
                new BackendException(
                    BackendException.Reason.BROKEN, "the total was asked for but not given"));
  }
}
