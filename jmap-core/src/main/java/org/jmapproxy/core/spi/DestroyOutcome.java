package org.jmapproxy.core.spi;

import org.jmapproxy.core.error.SetError;

/** What became of a destruction. */
public sealed interface DestroyOutcome {

  /** The object is gone. */
  record Destroyed() implements DestroyOutcome {}

  /**
   * The object is still there.
   *
   * @param error why
   */
  record NotDestroyed(SetError error) implements DestroyOutcome {}
}
