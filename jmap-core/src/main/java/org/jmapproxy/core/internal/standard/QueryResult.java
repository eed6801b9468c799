package org.jmapproxy.core.internal.standard;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.id.Id;

/** The ordered ids that a query finds. */
interface QueryResult {

  /** How many there are. */
  long total();

  /** At most {@code limit} ids from a position on. */
  List<Id> page(long position, int limit);

  /** The indexes of those ids that are in the result. */
  Map<Id, Long> ranks(Collection<Id> ids);
}
