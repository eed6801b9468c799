package org.jmapproxy.backend.imap.internal.store;

import java.util.Optional;
import org.jmapproxy.core.spi.StateChange;

/**
 * A transaction is done.
 *
 * @param change the states that moved, to be published; absent when nothing that clients see has
 *     changed
 */
public record Committed(Optional<StateChange> change) {}
