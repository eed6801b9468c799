package org.jmapproxy.core.method;

import java.time.Duration;
import java.util.Optional;

/**
 * Is told of every method call when it has been answered, for metrics: calls of clients, calls made
 * in process, and calls that methods make themselves. Thread-safe; must return at once and not
 * throw.
 */
@FunctionalInterface
public interface CallObserver {

  /**
   * A call was answered.
   *
   * @param method the name that the caller gave; anything, as unknown methods are told too
   * @param error the type of the error, if it failed
   * @param duration how long it took; for calls forwarded together, how long these took together
   */
  void answered(String method, Optional<String> error, Duration duration);
}
