package org.jmapproxy.core.spi;

import java.util.Optional;
import org.jmapproxy.core.id.State;

/** Tells the state of one data type and what changed since an earlier one. Thread-safe. */
public interface ChangesRole {

  /**
   * The current state. The engine asks for it before it reads objects, so that a change in between
   * is reported once more rather than lost.
   */
  State state(CallContext context);

  /**
   * The changes since a state, oldest first.
   *
   * @param maxChanges at most so many ids; at least 1
   * @return empty when the state is unknown or too old: {@code cannotCalculateChanges}
   */
  Optional<Changes> changes(CallContext context, State since, int maxChanges);
}
