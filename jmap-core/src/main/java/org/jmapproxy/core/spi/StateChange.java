package org.jmapproxy.core.spi;

import java.util.Map;
import java.util.TreeMap;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;

/**
 * New states in one account (RFC 8620 section 7.1).
 *
 * @param accountId the account
 * @param states the new states by type name, in the order of the names
 */
public record StateChange(Id accountId, Map<String, State> states) {

  /** Copies the map. */
  public StateChange {
    states = java.util.Collections.unmodifiableMap(new TreeMap<>(states));
  }
}
