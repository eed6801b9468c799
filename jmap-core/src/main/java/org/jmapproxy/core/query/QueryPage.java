package org.jmapproxy.core.query;

import java.util.List;
import java.util.OptionalLong;
import org.jmapproxy.core.id.Id;

/**
 * A window of a query's result.
 *
 * @param ids the ids from the position asked for
 * @param total how many there are in all; present when it was asked for
 */
public record QueryPage(List<Id> ids, OptionalLong total) {

  /** Copies the ids. */
  public QueryPage {
    ids = List.copyOf(ids);
  }
}
