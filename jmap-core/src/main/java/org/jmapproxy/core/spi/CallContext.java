package org.jmapproxy.core.spi;

import java.time.Instant;
import org.jmapproxy.core.id.Id;

/**
 * What a role is told about the call that it works for.
 *
 * @param principal who asks
 * @param accountId the account in question, or {@link #NO_ACCOUNT}
 * @param deadline when the caller loses patience; work that would go on longer throws a {@code
 *     BackendException} of reason unavailable
 */
public record CallContext(Principal principal, Id accountId, Instant deadline) {

  /** Stands for the account where objects belong to none (PushSubscription). */
  public static final Id NO_ACCOUNT = Id.of("-");
}
