package org.jmapproxy.core.spi;

import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.error.SetError;

/**
 * What became of an update.
 *
 * @param <T> the object
 */
public sealed interface UpdateOutcome<T> {

  /**
   * The object has the new values.
   *
   * @param <T> the object
   * @param after the object, if properties changed that the client did not ask for
   * @param changedByServer the names of these properties
   */
  record Updated<T>(Optional<T> after, Set<String> changedByServer) implements UpdateOutcome<T> {

    /** Copies the names. */
    public Updated {
      changedByServer = Set.copyOf(changedByServer);
    }
  }

  /**
   * The object is as it was.
   *
   * @param <T> the object
   * @param error why
   */
  record NotUpdated<T>(SetError error) implements UpdateOutcome<T> {}

  /** Exactly what was asked for happened. */
  static <T> UpdateOutcome<T> updated() {
    return new Updated<>(Optional.empty(), Set.of());
  }
}
