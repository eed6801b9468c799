package org.jmapproxy.core.spi;

import java.util.Set;

/**
 * The filter and sort properties that an account can answer, out of those that the type declares.
 *
 * @param filters names of filter properties
 * @param sorts names of sort properties
 */
public record QuerySupport(Set<String> filters, Set<String> sorts) {

  /** Copies the names. */
  public QuerySupport {
    filters = Set.copyOf(filters);
    sorts = Set.copyOf(sorts);
  }
}
