package org.jmapproxy.core.spi;

import java.time.Instant;
import org.jmapproxy.core.id.Id;

/**
 * What a role is told about the call that it works for.
 *
 * @param principal who asks
 * @param accountId the account in question
 * @param deadline when the caller loses patience; work that would go on longer throws a {@code
 *     BackendException} of reason unavailable
 */
public record CallContext(Principal principal, Id accountId, Instant deadline) {}
