package org.jmapproxy.core.internal.standard;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.MemorySelection;

/** A result found by filtering and sorting all objects of the account. */
final class MemoryResult implements QueryResult {

  private final List<Id> ids;

  private MemoryResult(List<Id> ids) {
    this.ids = ids;
  }

  static <T> MemoryResult of(TypeCall<T, ?, ?> call, Query query) {
    DataType<T, ?, ?> type = call.type();
    List<T> found = MemorySelection.of(type, call.readAll(), query);
    return new MemoryResult(found.stream().map(type::idOf).toList());
  }

  @Override
  public long total() {
    return ids.size();
  }

  @Override
  public List<Id> page(long position, int limit) {
    int from = (int) Math.min(position, ids.size());
    return ids.subList(from, (int) Math.min((long) from + limit, ids.size()));
  }

  @Override
  public Map<Id, Long> ranks(Collection<Id> wanted) {
    Set<Id> set = new HashSet<>(wanted);
    Map<Id, Long> ranks = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      if (set.contains(ids.get(i))) {
        ranks.put(ids.get(i), (long) i);
      }
    }
    return ranks;
  }
}
