package org.jmapproxy.core.spi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;

/**
 * Finds the objects of one data type in order. Without this role the engine reads all objects, and
 * filters and sorts in memory. The order must be total: the same data give the same order, and what
 * the sort leaves equal is in an order of values that never change, such as ids. Thread-safe.
 */
public interface QueryRole {

  /** Which filter and sort properties this account supports; the engine refuses others. */
  QuerySupport support();

  /**
   * A window of the result.
   *
   * @param position the 0-based index of the first id wanted, at least 0
   * @param limit how many ids at most, at least 0
   * @param calculateTotal whether the total is needed
   */
  QueryPage page(
      CallContext context, Query query, long position, int limit, boolean calculateTotal);

  /**
   * The 0-based indexes of those ids that are in the result; the others are left out. The default
   * lists the whole result.
   */
  default Map<Id, Long> ranks(CallContext context, Query query, Collection<Id> ids) {
    List<Id> all = page(context, query, 0, Integer.MAX_VALUE, false).ids();
    Collection<Id> wanted = ids.size() > 8 ? java.util.Set.copyOf(ids) : ids;
    Map<Id, Long> ranks = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      if (wanted.contains(all.get(i))) {
        ranks.put(all.get(i), (long) i);
      }
    }
    return ranks;
  }

  /** Whether /queryChanges can be answered for this query; see the plan of stateless changes. */
  default boolean canCalculateChanges(CallContext context, Query query) {
    return true;
  }
}
