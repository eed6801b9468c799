package org.jmapproxy.core.type;

import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.Roles;

/**
 * Which objects may have entered, left or moved inside a query's result because of changes (RFC
 * 8620 section 5.6). All others must keep their relative order.
 */
@FunctionalInterface
public interface QueryCandidates {

  /** The candidates; always includes the changed objects themselves. */
  Set<Id> of(CallContext context, Roles roles, Query query, Changes changes);

  /** The changed objects alone. */
  static QueryCandidates changedObjects() {
    return (context, roles, query, changes) -> {
      Set<Id> ids = new java.util.LinkedHashSet<>(changes.created());
      ids.addAll(changes.updated());
      ids.addAll(changes.destroyed());
      return ids;
    };
  }
}
