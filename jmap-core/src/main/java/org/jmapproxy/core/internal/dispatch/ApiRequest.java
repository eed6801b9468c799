package org.jmapproxy.core.internal.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.method.Invocation;

/**
 * A Request object (RFC 8620 section 3.3).
 *
 * @param using the capabilities that the client opts into
 * @param methodCalls the calls in order
 * @param createdIds ids by creation id; present if the response must tell them
 */
public record ApiRequest(
    Set<String> using, List<Invocation> methodCalls, Optional<Map<String, String>> createdIds) {

  /** Copies the collections. */
  public ApiRequest {
    using = Set.copyOf(using);
    methodCalls = List.copyOf(methodCalls);
    createdIds = createdIds.map(Map::copyOf);
  }
}
