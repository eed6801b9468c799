package org.jmapproxy.core.types.internal.push;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a client changes of a subscription; absent: nothing.
 *
 * @param code the verification code that it sends; inside: absent for {@code null}
 * @param expires inside: absent for {@code null}, as long as possible
 * @param types inside: absent for {@code null}, all
 */
record PushSubscriptionUpdate(
    Optional<Optional<String>> code,
    Optional<Optional<Instant>> expires,
    Optional<Optional<Set<String>>> types) {

  @Override
  public String toString() {
    return "PushSubscriptionUpdate";
  }
}
