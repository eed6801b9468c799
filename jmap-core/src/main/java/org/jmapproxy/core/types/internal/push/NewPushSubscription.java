package org.jmapproxy.core.types.internal.push;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A subscription as a client wants it. */
record NewPushSubscription(
    String deviceClientId, URI url, Optional<Instant> expires, Optional<Set<String>> types) {

  @Override
  public String toString() {
    return "NewPushSubscription[" + deviceClientId + "]";
  }
}
